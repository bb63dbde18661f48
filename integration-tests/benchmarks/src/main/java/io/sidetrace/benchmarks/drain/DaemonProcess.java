package io.sidetrace.benchmarks.drain;

import io.sidetrace.benchmarks.app.Allocation;
import io.sidetrace.benchmarks.app.CpuTimes;
import io.sidetrace.benchmarks.app.Resident;
import io.sidetrace.harness.Program;
import io.sidetrace.standin.langfuse.LangfuseStandIn;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * {@code sidetrace run} on CPUs of its own, as its launcher starts it, sending to a stand-in for
 * Langfuse.
 */
final class DaemonProcess implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("reading ");
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final Program program;
  private final Path javaHome;

  private DaemonProcess(Program program, Path javaHome) {
    this.program = program;
    this.javaHome = javaHome;
  }

  /**
   * Reads when this returns, and is ready to be measured: the first recording in a JVM makes it
   * throw all compiled code away, so it is made before there is any.
   *
   * @param cpus as for {@code taskset -c}
   * @param javaOptions beside the launcher's own
   * @param state directory for what it leaves behind
   * @param source options that name what it reads
   */
  static DaemonProcess start(
      Path javaHome,
      Path launcher,
      String cpus,
      String javaOptions,
      Path state,
      LangfuseStandIn langfuse,
      String... source)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("taskset", "-c", cpus));
    command.addAll(List.of(launcher.toString(), "run", "--ops-port=-1"));
    command.add("--exporters=langfuse");
    command.add("--langfuse-url=" + langfuse.url());
    command.add("--dead-letters=" + state.resolve("dead"));
    command.addAll(List.of(source));
    Map<String, String> environment =
        Map.of(
            "JAVA_HOME",
            javaHome.toString(),
            "SIDETRACE_JAVA_OPTS",
            javaOptions,
            "LANGFUSE_PUBLIC_KEY",
            LangfuseStandIn.PUBLIC_KEY,
            "LANGFUSE_SECRET_KEY",
            LangfuseStandIn.SECRET_KEY);
    Program program = Program.start("daemon", state.resolve("daemon.log"), environment, command);
    program.await(READY, START_LIMIT);
    DaemonProcess daemon = new DaemonProcess(program, javaHome);
    daemon.allocatedDuring(() -> {});
    return daemon;
  }

  void suspend() {
    program.suspend();
  }

  void resume() {
    program.resume();
  }

  CpuTimes cpu() {
    return CpuTimes.of(program.pid());
  }

  long allocatedDuring(Allocation.Work work) throws IOException, InterruptedException {
    return new Allocation(javaHome, program.pid()).during(work);
  }

  long residentBytes() throws IOException {
    return Resident.bytes(program.pid());
  }

  long peakBytes() throws IOException {
    return Resident.peakBytes(program.pid());
  }

  /** Drains and ends; what it said then ends with its ledger. */
  String stop() {
    program.stop();
    List<String> said = program.said().lines().filter(line -> line.contains("ledger")).toList();
    return said.isEmpty() ? "no ledger" : said.get(said.size() - 1);
  }

  @Override
  public void close() {
    if (program.isAlive()) {
      program.kill();
    }
  }
}
