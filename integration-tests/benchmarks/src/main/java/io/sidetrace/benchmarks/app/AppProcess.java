package io.sidetrace.benchmarks.app;

import io.sidetrace.benchmarks.load.HttpConnection;
import io.sidetrace.benchmarks.load.Workload;
import io.sidetrace.harness.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The application under test, a process of its own. */
public final class AppProcess implements AutoCloseable {
  /** The same for all. */
  private static final List<String> JVM =
      List.of(
          "-Xms512m",
          "-Xmx512m",
          "-XX:+UseG1GC",
          // A compiler thread that ends takes its time with it, and nobody could leave it out.
          "-XX:-UseDynamicNumberOfCompilerThreads",
          "-Dspring.main.banner-mode=off");

  private static final long START_NANOS = TimeUnit.SECONDS.toNanos(120);

  private final Program program;
  private final Path javaHome;
  private final int port;
  private final Start start;

  /**
   * From the process's creation to the first answered request.
   *
   * @param cpuNanos of all its threads
   * @param ownCpuNanos without the JIT compilers'
   */
  public record Start(long wallNanos, long cpuNanos, long ownCpuNanos) {}

  private AppProcess(Program program, Path javaHome, int port, Start start) {
    this.program = program;
    this.javaHome = javaHome;
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
    List<String> command = new ArrayList<>(List.of("taskset", "-c", cpus));
    command.add(files.javaHome().resolve("bin/java").toString());
    command.addAll(JVM);
    command.addAll(subject.jvmArguments(files, around));
    command.addAll(List.of(more));
    command.addAll(List.of("-jar", files.application().toString()));
    Path log = files.logs().resolve(subject.name() + "-" + port + ".log");
    Map<String, String> environment =
        Map.of(
            "PORT", Integer.toString(port),
            "OPENAI_BASE_URL", around.modelUrl(),
            "OPENAI_API_KEY", "none");
    long begin = System.nanoTime();
    Program program = Program.start(subject.name(), log, environment, command);
    try {
      firstAnswer(program, port, first);
    } catch (IOException | InterruptedException | RuntimeException e) {
      program.close();
      throw e;
    }
    long wall = System.nanoTime() - begin;
    CpuTimes cpu = CpuTimes.of(program.pid());
    long own = ThreadKind.withoutJit(cpu.since(CpuTimes.NONE));
    return new AppProcess(
        program, files.javaHome(), port, new Start(wall, cpu.processNanos(), own));
  }

  private static void firstAnswer(Program program, int port, Workload first)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START_NANOS;
    while (program.isAlive() && System.nanoTime() < deadline) {
      try (HttpConnection connection = new HttpConnection(port)) {
        int status = connection.exchange(first.request());
        if (status != 200) {
          throw new IllegalStateException("the first answer is " + status + "\n" + program.said());
        }
        return;
      } catch (IOException notYet) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
    }
    throw new IOException("the application did not come up\n" + program.said());
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

  public CpuTimes cpu() {
    return CpuTimes.of(program.pid());
  }

  /** Bytes the application allocates while {@code work} runs. */
  public long allocatedDuring(Allocation.Work work) throws IOException, InterruptedException {
    return new Allocation(javaHome, program.pid()).during(work);
  }

  /**
   * Bytes of each class that the application allocates while {@code work} runs; work that fits into
   * the young generation, or the count is of no use.
   */
  public Map<String, Long> allocatedByClass(Allocation.Work work)
      throws IOException, InterruptedException {
    HeapClasses heap = new HeapClasses(javaHome, program.pid());
    heap.collect();
    Map<String, Long> before = heap.bytes();
    work.run();
    Map<String, Long> allocated = heap.bytes();
    before.forEach((name, bytes) -> allocated.merge(name, -bytes, Long::sum));
    return allocated;
  }

  public long residentBytes() throws IOException {
    return Resident.bytes(program.pid());
  }

  /**
   * Asks it to end, as an operator would, with SIGTERM.
   *
   * @return nanoseconds until it was gone
   */
  public long stop() {
    long begin = System.nanoTime();
    program.stop();
    return System.nanoTime() - begin;
  }

  @Override
  public void close() {
    if (program.isAlive()) {
      program.kill();
    }
  }
}
