package io.sidetrace.e2e;

import io.sidetrace.harness.Answer;
import io.sidetrace.harness.Await;
import io.sidetrace.harness.DaemonProcess;
import io.sidetrace.harness.DemoApp;
import io.sidetrace.harness.Java;
import io.sidetrace.harness.Program;
import io.sidetrace.harness.RedisProcess;
import io.sidetrace.standin.OpenAiStandIn;
import io.sidetrace.standin.StandInOptions;
import io.sidetrace.standin.langfuse.LangfuseStandIn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One test's world: stand-ins for OpenAI and Langfuse in this JVM, everything else in processes of
 * their own, ended in reverse order of their start. Logs and spool stay in {@code target/scenes}.
 */
final class Scene implements AutoCloseable {
  /** The model takes a little time, so that latencies have something to be compared with. */
  private static final StandInOptions OPTIONS =
      StandInOptions.defaults()
          .withDelay(Duration.ofMillis(20))
          .withStreamPace(Duration.ofMillis(10), Duration.ZERO);

  /** Halves the CPU time of a start. Loads that measure ask for {@link #FULL_SPEED} behind it. */
  private static final String QUICK_START = "-XX:TieredStopAtLevel=1";

  static final String FULL_SPEED = "-XX:TieredStopAtLevel=4";

  private final Path directory;
  private final Deque<Runnable> ends = new ArrayDeque<>();
  private final OpenAiStandIn openAi;
  private final LangfuseStandIn langfuse;
  private int programs;

  private Scene(Path directory) throws IOException {
    this.directory = directory;
    this.openAi = OpenAiStandIn.start(OPTIONS);
    ends.push(openAi::close);
    this.langfuse = LangfuseStandIn.start();
    ends.push(langfuse::close);
  }

  /** The scene's directory is emptied first. */
  static Scene named(String name) throws IOException {
    Path directory = Path.of(property("scenes"), name).toAbsolutePath();
    delete(directory);
    return new Scene(directory);
  }

  LangfuseStandIn langfuse() {
    return langfuse;
  }

  OpenAiStandIn openAi() {
    return openAi;
  }

  Path directory() {
    return directory;
  }

  Path spool() {
    return directory.resolve("spool");
  }

  RedisProcess redis() {
    RedisProcess redis = RedisProcess.start(directory.resolve("redis"));
    ends.push(redis::close);
    return redis;
  }

  /** A JVM with our agent, writing to the spool. */
  Java traced() {
    return tracing(Java.forApplications());
  }

  /** The same JVM with our agent behind those it has. */
  Java tracing(Java java) {
    return java.options("-javaagent:" + file("agent.jar"), QUICK_START)
        .environment("SIDETRACE_SERVICE", "demo")
        .environment("SIDETRACE_SPOOL", spool().toString());
  }

  /** As {@link #traced()}, writing to Redis. */
  Java traced(RedisProcess redis) {
    return traced().environment("SIDETRACE_REDIS_URL", redis.url());
  }

  DemoApp demo(Boot boot, Java java) {
    DemoApp demo = DemoApp.start(java, boot.jar(), openAi.baseUrl(), log("demo"));
    ends.push(demo::close);
    return demo;
  }

  /** Reads the spool and sends to Langfuse. */
  DaemonProcess daemon() {
    return daemon(List.of());
  }

  /** Reads Redis, and the spool for what did not fit there. */
  DaemonProcess daemon(RedisProcess redis) {
    return daemon(List.of("--redis=" + redis.url()));
  }

  private DaemonProcess daemon(List<String> more) {
    List<String> options = new ArrayList<>(more);
    options.add("--exporters=langfuse");
    options.add("--spool=" + spool());
    options.add("--dead-letters=" + directory.resolve("dead-letters"));
    Map<String, String> environment =
        Map.of(
            "LANGFUSE_BASE_URL", langfuse.url().toString(),
            "LANGFUSE_PUBLIC_KEY", LangfuseStandIn.PUBLIC_KEY,
            "LANGFUSE_SECRET_KEY", LangfuseStandIn.SECRET_KEY);
    DaemonProcess daemon =
        DaemonProcess.start(file("daemon.jar"), environment, options, log("daemon"));
    ends.push(daemon::close);
    return daemon;
  }

  /** Waits until the trace of every answer is whole. */
  Traces awaitTraces(List<Answer> answers) {
    Await.until(
        "the traces of " + answers.size() + " requests",
        Limits.DELIVERY,
        () -> new Traces(langfuse.spans()).missing(answers).isEmpty(),
        () -> told(new Traces(langfuse.spans()).missing(answers)));
    return new Traces(langfuse.spans());
  }

  private String told(List<String> missing) {
    String some = String.join("\n", missing.subList(0, Math.min(10, missing.size())));
    return missing.size() + " are missing, logs are in " + directory + "\n" + some;
  }

  Path log(String program) {
    return directory.resolve(++programs + "-" + program + ".log");
  }

  /** Ends it with the scene. */
  Program keep(Program program) {
    ends.push(program::close);
    return program;
  }

  static Path file(String property) {
    Path file = Path.of(property(property)).normalize();
    if (!Files.exists(file)) {
      throw new IllegalStateException(file + " is missing: build with mvn -am verify");
    }
    return file;
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException("-D" + name + " is missing: run with Maven");
    }
    return value;
  }

  @Override
  public void close() {
    while (!ends.isEmpty()) {
      ends.pop().run();
    }
  }

  private static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
