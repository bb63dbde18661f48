package io.sidetrace.daemon.cli;

import io.sidetrace.daemon.run.ConfigFile;
import io.sidetrace.daemon.run.Daemon;
import io.sidetrace.daemon.run.DaemonOptions;
import io.sidetrace.daemon.run.OptionException;
import io.sidetrace.daemon.run.OptionsReader;
import io.sidetrace.daemon.run.Setting;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
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
  @Option(
      names = "--config",
      paramLabel = "<path>",
      description = "File of options, YAML. Also SIDETRACE_DAEMON_CONFIG.")
  private @Nullable Path config;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  /** The flags come from the record, so that none is forgotten here. */
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new RunCommand());
    for (RecordComponent component : OptionsReader.components()) {
      Setting setting = OptionsReader.setting(component);
      if (!setting.secret() && !setting.fileOnly()) {
        line.getCommandSpec().addOption(option(OptionsReader.key(component), setting));
      }
    }
    return line;
  }

  private static OptionSpec option(String key, Setting setting) {
    StringBuilder help = new StringBuilder(setting.help()).append('.');
    help.setCharAt(0, Character.toUpperCase(help.charAt(0)));
    if (!setting.fallback().isEmpty()) {
      help.append(" Default: ").append(setting.fallback()).append('.');
    }
    if (setting.env().length > 0) {
      help.append(" Also ").append(String.join(", ", setting.env())).append('.');
    }
    return OptionSpec.builder("--" + key)
        .type(String.class)
        .paramLabel("<" + setting.unit() + ">")
        .description(help.toString().replace("%", "%%"))
        .build();
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    DaemonOptions options = options();
    Daemon daemon = Daemon.start(options);
    Hangup.onEach(() -> daemon.reload(this::read));
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

  private DaemonOptions options() throws IOException {
    try {
      return read();
    } catch (OptionException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private DaemonOptions read() throws IOException, OptionException {
    Map<String, String> flags = new HashMap<>();
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      if (option.getValue() instanceof String text) {
        flags.put(option.longestName().substring(2), text);
      }
    }
    OptionsReader reader = new OptionsReader(flags, System.getenv(), file());
    reader.suspicious().forEach(LoggerFactory.getLogger(RunCommand.class)::warn);
    return reader.read();
  }

  private ConfigFile file() throws IOException, OptionException {
    String told = System.getenv("SIDETRACE_DAEMON_CONFIG");
    Path file = config != null ? config : told == null ? null : Path.of(told);
    return file == null ? ConfigFile.NONE : ConfigFile.read(file, System.getenv());
  }
}
