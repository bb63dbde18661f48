package io.sidetrace.benchmarks.drain;

import io.sidetrace.benchmarks.app.CpuTimes;
import io.sidetrace.benchmarks.app.ThreadKind;
import io.sidetrace.benchmarks.report.Table;
import io.sidetrace.harness.RedisProcess;
import io.sidetrace.standin.langfuse.LangfuseStandIn;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** How fast a backlog leaves through daemons, and what that takes. */
public final class DaemonLoad {
  private static final long WARM_EVENTS = 60_000;
  private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(20);

  private final Path javaHome;
  private final Path launcher;
  private final Path scratch;
  private final long events;
  private final Table table =
      new Table(
          List.of(
              "",
              "events",
              "events/s",
              "MB/s",
              "CPU µs/event",
              "events/s and core",
              "allocated KB/event",
              "peak resident MB",
              "ledger"));

  /**
   * @param launcher the daemon's script
   * @param events in each backlog
   */
  public DaemonLoad(Path javaHome, Path launcher, Path scratch, long events) {
    this.javaHome = javaHome;
    this.launcher = launcher;
    this.scratch = scratch;
    this.events = events;
  }

  /** A backlog that daemons do not see yet, and how to let them. */
  private interface Gate {
    Backlog fill() throws IOException;

    void open() throws IOException;
  }

  public Table run() throws IOException, InterruptedException {
    spool();
    redis("Redis", "0");
    redis("Redis, two daemons", "0", "1");
    return table;
  }

  private void spool() throws IOException, InterruptedException {
    Path root = Files.createDirectories(scratch.resolve("spool"));
    Path warm = root.resolve(".warm-1-1");
    Path hidden = root.resolve(".bench-1-2");
    SpoolBacklog.fill(warm, WARM_EVENTS);
    try (LangfuseStandIn langfuse = LangfuseStandIn.counting(0);
        DaemonProcess daemon =
            DaemonProcess.start(
                javaHome, launcher, "0", scratch.resolve("s"), langfuse, "--spool=" + root)) {
      Files.move(warm, root.resolve("warm-1-1"));
      await(langfuse, WARM_EVENTS);
      measure(
          "spool",
          langfuse,
          List.of(daemon),
          new Gate() {
            @Override
            public Backlog fill() throws IOException {
              return SpoolBacklog.fill(hidden, events);
            }

            @Override
            public void open() throws IOException {
              Files.move(hidden, root.resolve("bench-1-2"));
            }
          });
    }
  }

  private void redis(String name, String... cpus) throws IOException, InterruptedException {
    Path state = scratch.resolve("redis-" + cpus.length);
    try (RedisProcess redis = RedisProcess.start(state.resolve("redis"));
        LangfuseStandIn langfuse = LangfuseStandIn.counting(0)) {
      redis.command("CONFIG", "SET", "appendonly", "no");
      URI url = URI.create(redis.url());
      RedisBacklog.fill(url, WARM_EVENTS);
      List<DaemonProcess> daemons = new ArrayList<>();
      try {
        for (String cpu : cpus) {
          daemons.add(
              DaemonProcess.start(
                  javaHome, launcher, cpu, state.resolve("d" + cpu), langfuse, "--redis=" + url));
        }
        await(langfuse, WARM_EVENTS);
        measure(
            name,
            langfuse,
            daemons,
            new Gate() {
              @Override
              public Backlog fill() throws IOException {
                daemons.forEach(DaemonProcess::suspend);
                return RedisBacklog.fill(url, events);
              }

              @Override
              public void open() {
                daemons.forEach(DaemonProcess::resume);
              }
            });
      } finally {
        daemons.forEach(DaemonProcess::close);
      }
    }
  }

  private void measure(
      String name, LangfuseStandIn langfuse, List<DaemonProcess> daemons, Gate gate)
      throws IOException, InterruptedException {
    long before = langfuse.received();
    List<CpuTimes> cpu = daemons.stream().map(DaemonProcess::cpu).toList();
    long[] seen = new long[3];
    long allocated =
        daemons
            .get(0)
            .allocatedDuring(
                () -> {
                  Backlog backlog = gate.fill();
                  long begin = System.nanoTime();
                  gate.open();
                  await(langfuse, before + backlog.events());
                  seen[0] = System.nanoTime() - begin;
                  seen[1] = backlog.events();
                  seen[2] = backlog.bytes();
                });
    double micros = 0;
    long peak = 0;
    for (int i = 0; i < daemons.size(); i++) {
      micros += ThreadKind.withoutJit(daemons.get(i).cpu().since(cpu.get(i))) / 1e3;
      peak = Math.max(peak, daemons.get(i).peakBytes());
    }
    List<String> ledgers = daemons.stream().map(DaemonProcess::stop).toList();
    double seconds = seen[0] / 1e9;
    List<String> row =
        List.of(
            name,
            Long.toString(seen[1]),
            number(seen[1] / seconds),
            number(seen[2] / 1e6 / seconds),
            number(micros / seen[1]),
            number(seen[1] * 1e6 / micros),
            number(allocated / 1e3 / seen[1]),
            number(peak / 1e6),
            String.join("; ", ledgers));
    System.err.println(row);
    table.row(row);
  }

  private static void await(LangfuseStandIn langfuse, long spans) throws InterruptedException {
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
