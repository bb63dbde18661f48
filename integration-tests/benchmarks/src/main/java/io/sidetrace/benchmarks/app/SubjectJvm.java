package io.sidetrace.benchmarks.app;

import io.sidetrace.harness.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A JVM with an agent or without, on cores of its own, and what can be read of it from outside. */
public final class SubjectJvm implements AutoCloseable {
  /** The same for all. */
  private static final List<String> OPTIONS =
      List.of(
          "-Xms512m",
          "-Xmx512m",
          "-XX:+UseG1GC",
          // A compiler thread that ends takes its time with it, and nobody could leave it out.
          "-XX:-UseDynamicNumberOfCompilerThreads");

  private final Program program;
  private final Path javaHome;

  private SubjectJvm(Program program, Path javaHome) {
    this.program = program;
    this.javaHome = javaHome;
  }

  /**
   * @param name of its log
   * @param cpus as for {@code taskset -c}
   * @param rest of the command line, behind the subject's options
   */
  static SubjectJvm start(
      Subject subject,
      Artifacts files,
      Surroundings around,
      String name,
      String cpus,
      Map<String, String> environment,
      List<String> rest) {
    List<String> command = new ArrayList<>(List.of("taskset", "-c", cpus));
    command.add(files.javaHome().resolve("bin/java").toString());
    command.addAll(OPTIONS);
    command.add("-Djava.io.tmpdir=" + files.scratch()); // a server that is killed leaves its own
    command.addAll(subject.jvmArguments(files, around));
    command.addAll(rest);
    Path log = files.scratch().resolve(subject.name() + "-" + name + ".log");
    return new SubjectJvm(
        Program.start(subject.name(), log, environment, command), files.javaHome());
  }

  boolean isAlive() {
    return program.isAlive();
  }

  /** Everything on its stdout and stderr so far. */
  String said() {
    return program.said();
  }

  public CpuTimes cpu() {
    return CpuTimes.of(program.pid());
  }

  /** Bytes the JVM allocates while {@code work} runs. */
  public long allocatedDuring(Allocation.Work work) throws IOException, InterruptedException {
    return new Allocation(javaHome, program.pid()).during(work);
  }

  /**
   * Bytes of each class that the JVM allocates while {@code work} runs; work that fits into the
   * young generation, or the count is of no use.
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

  /** What its threads were at while {@code work} ran; start it with {@link Samples#DEEP_STACKS}. */
  public List<Samples.Sample> samplesDuring(Allocation.Work work)
      throws IOException, InterruptedException {
    return new Samples(javaHome, program.pid()).during(work);
  }

  public long residentBytes() throws IOException {
    return Resident.bytes(program.pid());
  }

  /** Its threads stand still, the compilers' too, until {@link #resume}. */
  public void suspend() {
    program.suspend();
  }

  public void resume() {
    program.resume();
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
