package io.sidetrace.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** {@code sidetrace run} in a process of its own. */
public final class DaemonProcess implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("reading (the spool|Redis)");
  private static final Pattern OPS = Pattern.compile("(http://127\\.0\\.0\\.1:\\d+)/metrics");
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final Program program;

  private DaemonProcess(Program program) {
    this.program = program;
  }

  /**
   * Reads when this returns.
   *
   * @param jar {@code sidetrace.jar}
   * @param options of {@code run}, as {@code --key=value}
   */
  public static DaemonProcess start(
      Path jar, Map<String, String> environment, List<String> options, Path log) {
    Java java = Java.here().options("-Xmx256m", "-XX:+UseSerialGC");
    environment.forEach(java::environment);
    List<String> rest = new ArrayList<>(List.of("-jar", jar.toString(), "run", "--ops-port=0"));
    rest.addAll(options);
    Program program = java.start("daemon", log, rest);
    try {
      program.await(READY, START_LIMIT);
      return new DaemonProcess(program);
    } catch (AssertionError e) {
      program.close();
      throw e;
    }
  }

  public Program program() {
    return program;
  }

  /** The Prometheus page: values by name with labels. */
  public Map<String, Double> metrics() {
    URI page = URI.create(program.await(OPS, START_LIMIT).group(1) + "/metrics");
    Map<String, Double> values = new TreeMap<>();
    try {
      HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofLines())
          .body()
          .filter(line -> !line.startsWith("#") && line.contains(" "))
          .forEach(line -> put(line, values));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return values;
  }

  private static void put(String line, Map<String, Double> values) {
    int space = line.lastIndexOf(' ');
    values.put(line.substring(0, space), Double.parseDouble(line.substring(space + 1)));
  }

  @Override
  public void close() {
    program.close();
  }
}
