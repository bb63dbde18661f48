package io.sidetrace.harness;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the command line of a JVM. Not thread-safe. */
public final class Java {
  /** System property that names the home of the JDK for applications under test. */
  public static final String APP_HOME = "app.java.home";

  private final Path home;
  private final List<String> options = new ArrayList<>();
  private final Map<String, String> environment = new LinkedHashMap<>();

  private Java(Path home) {
    this.home = home;
  }

  /** The JVM that applications under test run on: {@link #APP_HOME}, else this one. */
  public static Java forApplications() {
    String home = System.getProperty(APP_HOME, "");
    return home.isEmpty() ? here() : new Java(Path.of(home));
  }

  /** The JVM this code runs on. */
  public static Java here() {
    return new Java(Path.of(System.getProperty("java.home")));
  }

  /** JVM options, in the order they shall stand. */
  public Java options(String... more) {
    options.addAll(List.of(more));
    return this;
  }

  public Java environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Starts {@code java <options> <rest>}. */
  public Program start(String name, Path log, List<String> rest) {
    Path java = home.resolve("bin/java");
    if (!Files.isExecutable(java)) {
      throw new IllegalStateException("no java at " + java + "; see -D" + APP_HOME);
    }
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(options);
    command.addAll(rest);
    return Program.start(name, log, environment, command);
  }
}
