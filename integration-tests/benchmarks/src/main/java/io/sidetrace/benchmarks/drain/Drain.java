package io.sidetrace.benchmarks.drain;

import io.sidetrace.benchmarks.app.CpuTimes;
import io.sidetrace.benchmarks.app.ThreadKind;
import io.sidetrace.standin.langfuse.LangfuseStandIn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** One backlog on its way out: from the gate's opening to the last event in Langfuse. */
final class Drain {
  static final List<String> COLUMNS =
      List.of(
          "",
          "events",
          "KB/event",
          "events/s",
          "MB/s",
          "CPU µs/event",
          "events/s and core",
          "compilers, CPU s",
          "allocated KB/event",
          "resident MB after 1/4, 2/4, 3/4, 4/4",
          "peak",
          "at rest after",
          "ledger");

  private static final int QUARTERS = 4;

  /** Longer than the daemon waits before it gives memory back. */
  private static final long REST_MILLIS = TimeUnit.SECONDS.toMillis(15);

  private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(20);

  private final LangfuseStandIn langfuse;
  private final List<DaemonProcess> daemons;
  private final List<Long> residentBytes = new ArrayList<>();
  private Backlog backlog = new Backlog(0, 0);
  private long nanos;
  private long cpuNanos;
  private long compilerNanos;

  private Drain(LangfuseStandIn langfuse, List<DaemonProcess> daemons) {
    this.langfuse = langfuse;
    this.daemons = daemons;
  }

  /**
   * Fills, opens, waits, and stops the daemons.
   *
   * @param daemons warm
   * @return the values of {@link #COLUMNS}
   */
  static List<String> row(
      String name, LangfuseStandIn langfuse, List<DaemonProcess> daemons, Gate gate)
      throws IOException, InterruptedException {
    Drain drain = new Drain(langfuse, daemons);
    long allocated = daemons.get(0).allocatedDuring(() -> drain.run(gate));
    return drain.row(name, allocated);
  }

  private void run(Gate gate) throws IOException, InterruptedException {
    long before = langfuse.received();
    backlog = gate.fill();
    List<CpuTimes> cpu = daemons.stream().map(DaemonProcess::cpu).toList();
    long begin = System.nanoTime();
    gate.open();
    for (int i = 1; i <= QUARTERS; i++) {
      await(langfuse, before + backlog.events() * i / QUARTERS);
      residentBytes.add(daemons.get(0).residentBytes());
    }
    nanos = System.nanoTime() - begin;
    for (int i = 0; i < daemons.size(); i++) {
      Map<ThreadKind, Long> spent = daemons.get(i).cpu().since(cpu.get(i));
      cpuNanos += ThreadKind.withoutJit(spent);
      compilerNanos += spent.getOrDefault(ThreadKind.JIT, 0L);
    }
  }

  private List<String> row(String name, long allocated) throws IOException, InterruptedException {
    TimeUnit.MILLISECONDS.sleep(REST_MILLIS);
    long rest = daemons.get(0).residentBytes();
    long peak = 0;
    for (DaemonProcess daemon : daemons) {
      peak = Math.max(peak, daemon.peakBytes());
    }
    List<String> ledgers = daemons.stream().map(DaemonProcess::stop).toList();
    double seconds = nanos / 1e9;
    double micros = cpuNanos / 1e3;
    long events = backlog.events();
    return List.of(
        name,
        Long.toString(events),
        number(backlog.bytes() / 1e3 / events),
        number(events / seconds),
        number(backlog.bytes() / 1e6 / seconds),
        number(micros / events),
        number(events * 1e6 / micros),
        number(compilerNanos / 1e9),
        // Two daemons share the events; what the first one allocated is for its own.
        number(allocated * (double) daemons.size() / 1e3 / events),
        residentBytes.stream().map(bytes -> number(bytes / 1e6)).collect(Collectors.joining(", ")),
        number(peak / 1e6),
        number(rest / 1e6),
        String.join("; ", ledgers));
  }

  /** Waits until so many spans have come. */
  static void await(LangfuseStandIn langfuse, long spans) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT_NANOS;
    while (langfuse.received() < spans) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "only " + langfuse.received() + " of " + spans + " events came out in 20 minutes");
      }
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%.0f", value);
  }
}
