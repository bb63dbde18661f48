package io.sidetrace.daemon;

import io.sidetrace.harness.Java;
import io.sidetrace.harness.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** {@code sidetrace run} as a process of its own, with the classes under test. */
public final class DaemonProcess {
  private DaemonProcess() {}

  /** Returns once it reads. */
  public static Program start(Path folder, Options options) {
    Program daemon = launch(folder, options);
    daemon.await(Pattern.compile("reading "), Duration.ofSeconds(60));
    return daemon;
  }

  /**
   * Does not wait.
   *
   * @param jvm options of the JVM
   */
  public static Program launch(Path folder, Options options, String... jvm) {
    List<String> arguments = new ArrayList<>(List.of("run"));
    arguments.addAll(List.of(options.flags()));
    return sidetrace(folder, arguments, jvm);
  }

  /** Any command, in a locale that knows ASCII only. */
  public static Program sidetrace(Path folder, List<String> arguments, String... jvm) {
    Java java =
        Java.here()
            .options(
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + folder);
    java.options(jvm);
    Options.environment().forEach(java::environment);
    java.environment("LC_ALL", "C");
    String here = System.getProperty("java.class.path");
    List<String> command = new ArrayList<>();
    command.add("-cp");
    command.add(System.getProperty("surefire.test.class.path", here));
    command.add("io.sidetrace.daemon.cli.Sidetrace");
    command.addAll(arguments);
    return java.start("daemon", folder.resolve("daemon-" + System.nanoTime() + ".log"), command);
  }
}
