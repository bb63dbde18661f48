package io.sidetrace.dist;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real JVM that runs {@link App}. */
final class Jvm {

  /** What a JVM said until its end. */
  record Ended(int exitCode, List<String> out, List<String> err) {}

  static final Path AGENT = Path.of(System.getProperty("sidetrace.agent.jar"));

  /** The application and nothing else. */
  private static final String TEST_CLASSES =
      new File(App.class.getProtectionDomain().getCodeSource().getLocation().getPath()).getPath();

  private final Path directory;
  private final List<String> options = new ArrayList<>();
  private String argument = "";

  /**
   * @param directory for the spool and what the JVM prints
   */
  Jvm(Path directory) {
    this.directory = directory;
    options.add("-Dsidetrace.spool=" + directory.resolve("spool"));
  }

  Jvm agent(Path jar, String argument) {
    return option("-javaagent:" + jar + (argument.isEmpty() ? "" : "=" + argument));
  }

  Jvm option(String option) {
    options.add(option);
    return this;
  }

  /** The application waits for its standard input to end. */
  Jvm waiting() {
    argument = "wait";
    return this;
  }

  Process start() throws IOException {
    var command = new ArrayList<String>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(options);
    command.add("-cp");
    command.add(TEST_CLASSES);
    command.add(App.class.getName());
    command.add(argument);
    return new ProcessBuilder(command)
        .redirectOutput(directory.resolve("out").toFile())
        .redirectError(directory.resolve("err").toFile())
        .start();
  }

  Ended run() throws IOException, InterruptedException {
    return end(start());
  }

  Ended end(Process process) throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the JVM does not end: " + lines("err"));
    }
    return new Ended(process.exitValue(), lines("out"), lines("err"));
  }

  List<String> lines(String stream) throws IOException {
    return Files.readAllLines(directory.resolve(stream), StandardCharsets.UTF_8);
  }
}
