package io.sidetrace.daemon.cli;

import io.sidetrace.daemon.run.Daemon;
import io.sidetrace.daemon.run.DaemonOptions;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
  private static final Logger log = LoggerFactory.getLogger(RunCommand.class);
  private static final int START_SECONDS = 30;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  static CommandLine commandLine() {
    return OptionFlags.addTo(new CommandLine(new RunCommand()));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    DaemonOptions options = OptionFlags.readOrRefuse(spec);
    CompletableFuture<Daemon> started = new CompletableFuture<>();
    // Before the start: it reads from early on, and a signal in its midst would end us at once.
    Hangup.onEach(() -> started.join().reload(() -> OptionFlags.read(spec)));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(started), "sidetrace-stop"));
    try {
      started.complete(Daemon.start(options));
    } finally {
      started.cancel(false);
    }
    new CountDownLatch(1).await();
    return 0;
  }

  private static void stop(CompletableFuture<Daemon> started) {
    try {
      started.get(START_SECONDS, TimeUnit.SECONDS).close();
      // Being told to stop is no failure: without this the exit code would be 143.
      Runtime.getRuntime().halt(0);
    } catch (CancellationException e) {
      log.debug("it did not start, and the exit code says so");
    } catch (ExecutionException | TimeoutException e) {
      log.error("told to stop, but it has not started within {} s", START_SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
