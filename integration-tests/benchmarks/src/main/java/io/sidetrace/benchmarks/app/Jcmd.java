package io.sidetrace.benchmarks.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The JDK's {@code jcmd}, which asks a running JVM to do something. */
record Jcmd(Path javaHome, long pid) {
  private static final long PATIENCE_SECONDS = 30;

  /**
   * @return what it said
   * @throws IOException with that, if it failed or took half a minute
   */
  String run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(javaHome.resolve("bin/jcmd").toString());
    command.add(Long.toString(pid));
    command.addAll(List.of(arguments));
    Path said = Files.createTempFile("jcmd", ".txt"); // a pipe would have to be emptied meanwhile
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException(
            "failed: " + String.join(" ", command) + "\n" + Files.readString(said));
      }
      return Files.readString(said);
    } finally {
      Files.delete(said);
    }
  }
}
