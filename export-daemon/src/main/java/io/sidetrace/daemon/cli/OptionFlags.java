package io.sidetrace.daemon.cli;

import io.sidetrace.daemon.run.ConfigFile;
import io.sidetrace.daemon.run.DaemonOptions;
import io.sidetrace.daemon.run.OptionException;
import io.sidetrace.daemon.run.OptionsReader;
import io.sidetrace.daemon.run.Setting;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The daemon's options as flags of a command; they come from the record, so none is forgotten. */
final class OptionFlags {
  private static final String CONFIG = "config";

  private OptionFlags() {}

  /** Adds a flag for each option that is no secret, and one for the file. */
  static CommandLine addTo(CommandLine line) {
    line.getCommandSpec()
        .addOption(
            OptionSpec.builder("--" + CONFIG)
                .type(String.class)
                .paramLabel("<path>")
                .description("File of options, YAML. Also SIDETRACE_DAEMON_CONFIG.")
                .build());
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

  /**
   * The options as flags, environment and file tell them.
   *
   * @throws OptionException if they make no sense
   * @throws IOException if the file cannot be read
   */
  static DaemonOptions read(CommandSpec spec) throws OptionException, IOException {
    Map<String, String> flags = new HashMap<>();
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      if (option.getValue() instanceof String text) {
        flags.put(option.longestName().substring(2), text);
      }
    }
    List<String> keys = OptionsReader.components().stream().map(OptionsReader::key).toList();
    String config = flags.get(CONFIG);
    flags.keySet().retainAll(keys);
    OptionsReader reader = new OptionsReader(flags, System.getenv(), file(config));
    DaemonOptions options = reader.read();
    LogFormat.use(options.logFormat(), System.getenv());
    reader.suspicious().forEach(LoggerFactory.getLogger(OptionFlags.class)::warn);
    return options;
  }

  /** As {@link #read}, where senseless options are wrong usage. */
  static DaemonOptions readOrRefuse(CommandSpec spec) throws IOException {
    try {
      return read(spec);
    } catch (OptionException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * What environment and file say of one option, or its default. The others may make no sense.
   *
   * @throws IOException if the file cannot be read
   */
  static String told(String key) throws IOException {
    try {
      return new OptionsReader(Map.of(), System.getenv(), file(null)).told(key);
    } catch (OptionException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static ConfigFile file(@Nullable String given) throws OptionException, IOException {
    String told = given == null ? System.getenv("SIDETRACE_DAEMON_CONFIG") : given;
    return told == null ? ConfigFile.NONE : ConfigFile.read(Path.of(told), System.getenv());
  }
}
