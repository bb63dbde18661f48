package io.sidetrace.benchmarks.drain;

import io.sidetrace.benchmarks.app.Subject;
import io.sidetrace.benchmarks.report.Table;
import io.sidetrace.harness.RedisProcess;
import io.sidetrace.standin.langfuse.LangfuseStandIn;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How fast a backlog leaves through daemons, and what that takes: spool, Redis, two daemons. */
public final class DaemonLoad {
  private static final long WARM_EVENTS = 100_000;

  private final DaemonLaunch launch;
  private final Path scratch;
  private final long events;
  private final Table table = new Table(Drain.COLUMNS);

  /**
   * @param events in each backlog
   */
  public DaemonLoad(DaemonLaunch launch, Path scratch, long events) {
    this.launch = launch;
    this.scratch = scratch;
    this.events = events;
  }

  /**
   * @param sources spool, Redis or both
   */
  public Table run(List<EventMix> mixes, List<Subject> sources)
      throws IOException, InterruptedException {
    for (EventMix mix : mixes) {
      if (sources.contains(Subject.SPOOL)) {
        spool(mix);
      }
      if (sources.contains(Subject.REDIS)) {
        redis("Redis, " + mix, mix, "0");
        redis("Redis, two daemons, " + mix, mix, "0", "1");
      }
    }
    return table;
  }

  private void spool(EventMix mix) throws IOException, InterruptedException {
    Path state = scratch.resolve("spool-" + mix.name());
    Path root = Files.createDirectories(state.resolve("root"));
    Path warm = root.resolve(".warm-1-1");
    Path hidden = root.resolve(".bench-1-2");
    SpoolBacklog.fill(warm, mix, WARM_EVENTS);
    try (LangfuseStandIn langfuse = LangfuseStandIn.counting(0);
        DaemonProcess daemon = launch.start("0", state, langfuse, "--spool=" + root)) {
      daemon.prepareToRecord();
      Files.move(warm, root.resolve("warm-1-1"));
      Drain.await(langfuse, WARM_EVENTS);
      Gate gate =
          new Gate() {
            @Override
            public Backlog fill() throws IOException {
              return SpoolBacklog.fill(hidden, mix, events);
            }

            @Override
            public void open() throws IOException {
              Files.move(hidden, root.resolve("bench-1-2"));
            }
          };
      add(Drain.row("spool, " + mix, langfuse, List.of(daemon), gate));
    }
  }

  private void redis(String name, EventMix mix, String... cpus)
      throws IOException, InterruptedException {
    Path state = scratch.resolve("redis-" + mix.name() + cpus.length);
    List<DaemonProcess> daemons = new ArrayList<>();
    try (RedisProcess redis = RedisProcess.start(state.resolve("redis"));
        LangfuseStandIn langfuse = LangfuseStandIn.counting(0)) {
      redis.command("CONFIG", "SET", "appendonly", "no");
      URI url = URI.create(redis.url());
      RedisBacklog.fill(url, mix, WARM_EVENTS);
      for (String cpu : cpus) {
        Path own = state.resolve("d" + cpu);
        DaemonProcess daemon = launch.start(cpu, own, langfuse, "--redis=" + url);
        daemons.add(daemon);
        daemon.prepareToRecord();
      }
      Drain.await(langfuse, WARM_EVENTS);
      Gate gate =
          new Gate() {
            @Override
            public Backlog fill() throws IOException {
              daemons.forEach(DaemonProcess::suspend);
              return RedisBacklog.fill(url, mix, events);
            }

            @Override
            public void open() {
              daemons.forEach(DaemonProcess::resume);
            }
          };
      add(Drain.row(name, langfuse, daemons, gate));
    } finally {
      daemons.forEach(DaemonProcess::close);
    }
  }

  /** Said at once as well: a run takes minutes. */
  private void add(List<String> row) {
    System.err.println(row);
    table.row(row);
  }
}
