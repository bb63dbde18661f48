package io.sidetrace.daemon;

import io.sidetrace.daemon.run.ConfigFile;
import io.sidetrace.daemon.run.DaemonOptions;
import io.sidetrace.daemon.run.OptionException;
import io.sidetrace.daemon.run.OptionsReader;
import io.sidetrace.standin.langfuse.LangfuseStandIn;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Options for a daemon in a test: it waits for nothing but what it is tested for, has everything
 * beneath one folder, and no fixed port. Time limits are far above what a busy machine needs: an
 * answer that is merely late must not be asked for again.
 */
public final class Options {
  private final Map<String, String> values = new HashMap<>();

  private Options(Path folder) {
    with("spool", folder.resolve("spool").toString());
    with("dead-letters", folder.resolve("dead-letters").toString());
    with("poll", "10ms");
    with("linger", "20ms");
    with("drain-timeout", "60s");
    with("ops-port", "0");
  }

  public static Options in(Path folder) {
    return new Options(folder);
  }

  public Options to(LangfuseStandIn langfuse) {
    return with("exporters", "langfuse")
        .with("langfuse-url", langfuse.url().toString())
        .with("langfuse-timeout", "60s");
  }

  public Options with(String key, String value) {
    values.put(key, value);
    return this;
  }

  public DaemonOptions build() throws OptionException {
    return withFile("");
  }

  /** With what only a file can tell. */
  public DaemonOptions withFile(String yaml) throws OptionException {
    ConfigFile file = ConfigFile.parse("test.yaml", yaml, Map.of());
    return new OptionsReader(values, environment(), file).read();
  }

  /** As flags, for a daemon that is a process of its own. */
  public String[] flags() {
    return values.entrySet().stream()
        .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
        .toArray(String[]::new);
  }

  public static Map<String, String> environment() {
    return Map.of(
        "LANGFUSE_PUBLIC_KEY",
        LangfuseStandIn.PUBLIC_KEY,
        "LANGFUSE_SECRET_KEY",
        LangfuseStandIn.SECRET_KEY);
  }
}
