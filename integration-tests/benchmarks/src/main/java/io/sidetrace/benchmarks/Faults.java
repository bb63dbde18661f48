package io.sidetrace.benchmarks;

import io.sidetrace.benchmarks.app.AgentLedger;
import io.sidetrace.benchmarks.app.AppProcess;
import io.sidetrace.benchmarks.app.Artifacts;
import io.sidetrace.benchmarks.app.Subject;
import io.sidetrace.benchmarks.app.Surroundings;
import io.sidetrace.benchmarks.load.Load;
import io.sidetrace.benchmarks.report.Table;
import io.sidetrace.harness.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * What users feel when the road behind the agent is blocked: latency of the same process before and
 * during the fault, what was lost and whether it was counted, and how long the JVM then takes to
 * end.
 */
final class Faults {
  private static final int CONNECTIONS = 64;

  private final Plan plan;
  private final Artifacts artifacts;
  private final Surroundings around;
  private final String cpus;
  private final Table table =
      new Table(
          List.of(
              "fault",
              "healthy p50 / p99 / p99.9 ms",
              "during the fault",
              "captured",
              "dropped, counted",
              "missing",
              "stop, s"));

  Faults(Plan plan, Artifacts artifacts, Surroundings around, String cpus) {
    this.plan = plan;
    this.artifacts = artifacts;
    this.around = around;
    this.cpus = cpus;
  }

  /** Breaks or mends something. */
  private interface Act {
    void run() throws IOException, InterruptedException;
  }

  Table run() throws IOException, InterruptedException {
    around.drain(false); // from here on there is no daemon
    row(Subject.SPOOL, "daemon stopped", () -> {}, () -> {});
    row(Subject.SPOOL, "spool full", () -> {}, () -> {}, "-Dsidetrace.spool.max-bytes=1MiB");
    diskFull();
    Program redis = around.redisProgram();
    row(Subject.REDIS, "Redis frozen", redis::suspend, redis::resume);
    row(Subject.REDIS, "Redis killed", redis::kill, () -> {});
    row(Subject.OPENTELEMETRY, "collector hangs", around::hangSink, () -> {});
    return table;
  }

  /** A file system of 2 MiB: only root can mount one. */
  private void diskFull() throws IOException, InterruptedException {
    Path small = around.spool(Subject.SPOOL).resolveSibling("small");
    if (Mount.tmpfs(small, 2)) {
      try {
        String spool = "-Dsidetrace.spool=" + small;
        row(Subject.SPOOL, small, "disk full", () -> {}, () -> {}, spool);
      } finally {
        Mount.remove(small);
      }
    }
  }

  private void row(Subject subject, String fault, Act breaks, Act mends, String... more)
      throws IOException, InterruptedException {
    row(subject, around.freshSpool(subject), fault, breaks, mends, more);
  }

  private void row(Subject subject, Path spool, String fault, Act breaks, Act mends, String... more)
      throws IOException, InterruptedException {
    try (AppProcess app =
        AppProcess.start(subject, artifacts, around, cpus, Workloads.PLAIN, more)) {
      Load load = new Load(app.port(), CONNECTIONS);
      load.closed(Workloads.PLAIN, plan.warmRequests() / 3);
      Histogram healthy = load.open(Workloads.PLAIN, plan.perSecond(), plan.open()).micros();
      breaks.run();
      Load.Result faulty = load.open(Workloads.PLAIN, plan.perSecond(), plan.open());
      double stop = app.jvm().stop() / 1e9;
      mends.run();
      AgentLedger ledger = subject.isSidetrace() ? AgentLedger.of(spool) : null;
      table.row(
          List.of(
              subject.title() + ": " + fault,
              words(healthy),
              words(faulty.micros())
                  + (faulty.failures() > 0 ? ", " + faulty.failures() + " FAILED" : ""),
              ledger == null ? "?" : Long.toString(ledger.captured()),
              ledger == null ? "not counted" : ledger.droppedInAll() + " " + ledger.dropped(),
              ledger == null ? "?" : Long.toString(ledger.missing()),
              String.format(Locale.ROOT, "%.2f", stop)));
    }
  }

  private static String words(Histogram micros) {
    return String.format(
        Locale.ROOT,
        "%.1f / %.1f / %.1f",
        micros.getValueAtPercentile(50) / 1e3,
        micros.getValueAtPercentile(99) / 1e3,
        micros.getValueAtPercentile(99.9) / 1e3);
  }
}
