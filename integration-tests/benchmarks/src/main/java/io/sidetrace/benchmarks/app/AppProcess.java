package io.sidetrace.benchmarks.app;

import io.sidetrace.benchmarks.load.HttpConnection;
import io.sidetrace.benchmarks.load.Workload;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The application under test, a process of its own. */
public final class AppProcess implements AutoCloseable {
  /**
   * Of Tomcat's. Its default of 200 can't fill a core with requests that wait 40 ms for a model.
   */
  public static final int REQUEST_THREADS = 400;

  private static final long START_NANOS = TimeUnit.SECONDS.toNanos(120);

  private final SubjectJvm jvm;
  private final int port;
  private final Start start;

  /**
   * From the process's creation to the first answered request.
   *
   * @param cpuNanos of all its threads
   * @param ownCpuNanos without the JIT compilers'
   */
  public record Start(long wallNanos, long cpuNanos, long ownCpuNanos) {}

  private AppProcess(SubjectJvm jvm, int port, Start start) {
    this.jvm = jvm;
    this.port = port;
    this.start = start;
  }

  /**
   * Starts the application and waits until it has answered a first request.
   *
   * @param cpus as for {@code taskset -c}
   * @param more JVM arguments behind the subject's
   */
  public static AppProcess start(
      Subject subject,
      Artifacts files,
      Surroundings around,
      String cpus,
      Workload first,
      String... more)
      throws IOException, InterruptedException {
    int port = freePort();
    List<String> rest = new ArrayList<>(List.of(more));
    rest.add("-Dspring.main.banner-mode=off");
    rest.add("-Dserver.tomcat.threads.max=" + REQUEST_THREADS);
    rest.addAll(List.of("-jar", files.application().toString()));
    Map<String, String> environment =
        Map.of(
            "PORT", Integer.toString(port),
            "OPENAI_BASE_URL", around.modelUrl(),
            "OPENAI_API_KEY", "none");
    long begin = System.nanoTime();
    SubjectJvm jvm =
        SubjectJvm.start(subject, files, around, Integer.toString(port), cpus, environment, rest);
    try {
      firstAnswer(jvm, port, first);
    } catch (IOException | InterruptedException | RuntimeException e) {
      jvm.close();
      throw e;
    }
    long wall = System.nanoTime() - begin;
    CpuTimes cpu = jvm.cpu();
    long own = ThreadKind.withoutJit(cpu.since(CpuTimes.NONE));
    return new AppProcess(jvm, port, new Start(wall, cpu.processNanos(), own));
  }

  private static void firstAnswer(SubjectJvm jvm, int port, Workload first)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START_NANOS;
    while (jvm.isAlive() && System.nanoTime() < deadline) {
      try (HttpConnection connection = new HttpConnection(port)) {
        int status = connection.exchange(first.request());
        if (status != 200) {
          throw new IllegalStateException("the first answer is " + status + "\n" + jvm.said());
        }
        return;
      } catch (IOException notYet) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
    }
    throw new IOException("the application did not come up\n" + jvm.said());
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  public int port() {
    return port;
  }

  public Start start() {
    return start;
  }

  public SubjectJvm jvm() {
    return jvm;
  }

  @Override
  public void close() {
    jvm.close();
  }
}
