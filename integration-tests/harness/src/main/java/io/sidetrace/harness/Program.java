package io.sidetrace.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process of ours: what it says goes to a file, and it ends by its handle, at the latest with
 * this JVM. The log stays for whoever has to find out what happened.
 */
public final class Program implements AutoCloseable {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

  private final String name;
  private final Path log;
  private final Process process;
  private final Thread atExit;

  private Program(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
    this.atExit = new Thread(process::destroyForcibly, "end-" + name);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * Starts a command. Settings of Sidetrace, Langfuse and OpenAI in this JVM's own environment do
   * not reach it, nor do JVM options.
   *
   * @param log is replaced
   */
  public static Program start(
      String name, Path log, Map<String, String> environment, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(Program::leaks);
    builder.environment().putAll(environment);
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      return new Program(name, log, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command, e);
    }
  }

  private static boolean leaks(String variable) {
    return variable.startsWith("SIDETRACE_")
        || variable.startsWith("LANGFUSE_")
        || variable.startsWith("OPENAI_")
        || variable.startsWith("OTEL_")
        || variable.equals("JAVA_TOOL_OPTIONS")
        || variable.equals("JDK_JAVA_OPTIONS");
  }

  /**
   * Waits for a line.
   *
   * @return the first match in all it has said
   * @throws AssertionError if it does not come in time or the process ends without it
   */
  public Matcher await(Pattern pattern, Duration limit) {
    Await.until(
        name + " to say " + pattern,
        limit,
        () -> pattern.matcher(said()).find() || !process.isAlive(),
        () -> log + ":\n" + said());
    Matcher match = pattern.matcher(said());
    if (!match.find()) {
      throw new AssertionError(name + " ended without saying " + pattern + "\n" + said());
    }
    return match;
  }

  /** Everything on its stdout and stderr so far. */
  public String said() {
    try {
      return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL. Returns when it is gone. */
  public void kill() {
    process.destroyForcibly();
    exitCode(STOP_LIMIT);
    forget();
  }

  /**
   * SIGTERM.
   *
   * @return the exit code
   * @throws AssertionError if it takes longer than a minute
   */
  public int stop() {
    process.destroy();
    int code = exitCode(STOP_LIMIT);
    forget();
    return code;
  }

  /** SIGSTOP: it hangs, its sockets stay open. */
  public void suspend() {
    signal("STOP");
  }

  /** SIGCONT. */
  public void resume() {
    signal("CONT");
  }

  @Override
  public void close() {
    kill();
  }

  private void signal(String signal) {
    try {
      int code = new ProcessBuilder("kill", "-" + signal, "" + pid()).start().waitFor();
      if (code != 0) {
        throw new IllegalStateException("kill -" + signal + " of " + name + " failed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private int exitCode(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError(name + " did not end in " + limit + "\n" + said());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void forget() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // This JVM is on its way down; the hook has nothing left to end.
    }
  }
}
