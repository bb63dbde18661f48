package io.sidetrace.daemon.cli;

import io.sidetrace.daemon.run.Daemon;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sidetrace run}: the daemon, until SIGTERM or SIGINT. */
@Command(
    name = "run",
    description = {
      "Reads events and exports them, until it is told to stop.",
      "",
      "Each option may also stand in the environment (--langfuse-url: SIDETRACE_LANGFUSE_URL) or in"
          + " the YAML file that --config names (langfuse-url: ...). The Langfuse secret key and"
          + " lists of rules stand only there. SIGHUP reads the rules anew. {state} is"
          + " $XDG_STATE_HOME/sidetrace, or ~/.local/state/sidetrace."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true)
final class RunCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  static CommandLine commandLine() {
    return OptionFlags.addTo(new CommandLine(new RunCommand()));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Daemon daemon = Daemon.start(OptionFlags.readOrRefuse(spec));
    Hangup.onEach(() -> daemon.reload(() -> OptionFlags.read(spec)));
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  daemon.close();
                  stopped.countDown();
                  // Being told to stop is no failure: without this the exit code would be 143.
                  Runtime.getRuntime().halt(0);
                },
                "sidetrace-stop"));
    stopped.await();
    return 0;
  }
}
