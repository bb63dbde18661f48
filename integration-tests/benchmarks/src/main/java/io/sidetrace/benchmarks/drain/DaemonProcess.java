package io.sidetrace.benchmarks.drain;

import io.sidetrace.benchmarks.app.Allocation;
import io.sidetrace.benchmarks.app.CpuTimes;
import io.sidetrace.benchmarks.app.Resident;
import io.sidetrace.harness.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A daemon that runs, and what it takes. */
final class DaemonProcess implements AutoCloseable {
  private final Program program;
  private final Path javaHome;

  DaemonProcess(Program program, Path javaHome) {
    this.program = program;
    this.javaHome = javaHome;
  }

  /**
   * The first recording in a JVM makes it throw all compiled code away: so it is made before there
   * is any.
   */
  void prepareToRecord() throws IOException, InterruptedException {
    allocatedDuring(() -> {});
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
