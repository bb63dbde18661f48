package io.sidetrace.agent.transport;

import io.sidetrace.agent.config.AgentConfig;
import io.sidetrace.agent.log.Log;
import io.sidetrace.agent.pipeline.Frames;
import io.sidetrace.agent.pipeline.Pipeline;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A process of its own that offers events: what a test may kill, starve or look at from outside.
 */
final class ProducerProcess {
  private static final int BATCH = 500;

  private final Process process;
  private final BufferedReader lines;

  private ProducerProcess(Process process) {
    this.process = process;
    this.lines = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts it through a shell.
   *
   * @param before shell commands such as {@code ulimit} or {@code umask}, each with a semicolon
   * @param root of the spool
   * @param events how many to offer; after that it waits to be killed, or exits if told to
   */
  static ProducerProcess start(String before, Path root, int events, boolean exits)
      throws IOException {
    return start(before, root, events, exits, "");
  }

  /**
   * @param redis URL, empty: to the spool
   */
  static ProducerProcess start(String before, Path root, int events, boolean exits, String redis)
      throws IOException {
    return launch(before, root, events, exits ? "exit" : "stay", redis);
  }

  /**
   * Starts one that is warm: it offers {@value #BATCH} events first, says {@code counts} once they
   * are handed over, offers the others after {@link #goOn} and exits.
   */
  static ProducerProcess startWarm(Path root, int others, String redis) throws IOException {
    return launch("", root, BATCH + others, "pause", redis);
  }

  private static ProducerProcess launch(
      String before, Path root, int events, String mode, String redis) throws IOException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", before + " exec \"$@\"", "sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(ProducerProcess.class.getName(), root.toString(), "" + events));
    command.add(mode);
    command.add(redis);
    return new ProducerProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  /** Reads its output up to a line that contains this text. */
  String await(String text) throws IOException {
    StringBuilder seen = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      seen.append(line).append('\n');
      if (line.contains(text)) {
        return seen.toString();
      }
    }
    throw new AssertionError("it ended without saying \"" + text + "\":\n" + seen);
  }

  /** Ends the pause of one that was started warm. */
  void goOn() throws IOException {
    process.outputWriter(StandardCharsets.UTF_8).append('\n').flush();
  }

  /** Waits for its end. */
  String rest() throws Exception {
    StringBuilder seen = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      seen.append(line).append('\n');
    }
    process.waitFor();
    return seen.toString();
  }

  int exitCode() {
    return process.exitValue();
  }

  /** {@code kill -9} */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  public static void main(String[] arguments) throws Exception {
    String settings = "spool=" + arguments[0] + ",redis.url=" + arguments[3];
    AgentConfig config = AgentConfig.read(settings, new ArrayList<>());
    Pipeline pipeline = Pipeline.start(config, Frames.ORIGIN, Log.onStderr(false));
    for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
      pipeline.queue().offer(Frames.finished(i, 2_000));
      if (i % BATCH == BATCH - 1) {
        while (pipeline.counts().queued() > 0) {
          Thread.onSpinWait();
        }
        System.out.println("counts " + pipeline.counts());
        if (arguments[2].equals("pause")) {
          System.in.read();
        }
      }
    }
    System.out.println("all offered");
    if (arguments[2].equals("stay")) {
      Thread.currentThread().join();
    }
  }
}
