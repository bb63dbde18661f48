package io.sidetrace.benchmarks.drain;

import io.sidetrace.benchmarks.app.Subject;
import io.sidetrace.benchmarks.report.Table;
import io.sidetrace.harness.RedisProcess;
import io.sidetrace.standin.langfuse.LangfuseStandIn;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Millions of events that waited for hours, drained while Langfuse is away for a part of it: how
 * fast, in how much memory, and whether all of them arrive.
 */
public final class LongBacklog {
  private static final EventMix MIX = EventMix.PLAIN;

  private final DaemonLaunch launch;
  private final Path scratch;
  private final long events;
  private final Table table = new Table(Outage.COLUMNS);

  /**
   * @param events in each backlog; 2 KB each, in the spool on disk, then in Redis in memory
   */
  public LongBacklog(DaemonLaunch launch, Path scratch, long events) {
    this.launch = launch;
    this.scratch = scratch;
    this.events = events;
  }

  /**
   * @param sources spool, Redis or both
   */
  public Table run(List<Subject> sources) throws IOException, InterruptedException {
    if (sources.contains(Subject.SPOOL)) {
      spool();
    }
    if (sources.contains(Subject.REDIS)) {
      redis();
    }
    return table;
  }

  private void spool() throws IOException, InterruptedException {
    Path state = scratch.resolve("backlog-spool");
    Path root = Files.createDirectories(state.resolve("root"));
    Path hidden = root.resolve(".bench-1-2");
    Backlog backlog = SpoolBacklog.fill(hidden, MIX, events);
    try (LangfuseStandIn langfuse = LangfuseStandIn.counting(0);
        DaemonProcess daemon = launch.start("0", state, langfuse, "--spool=" + root)) {
      Outage outage = new Outage(langfuse, daemon, backlog);
      add(outage.row("spool", () -> Files.move(hidden, root.resolve("bench-1-2"))));
    }
  }

  private void redis() throws IOException, InterruptedException {
    Path state = scratch.resolve("backlog-redis");
    try (RedisProcess redis = RedisProcess.start(state.resolve("redis"));
        LangfuseStandIn langfuse = LangfuseStandIn.counting(0)) {
      redis.command("CONFIG", "SET", "appendonly", "no");
      URI url = URI.create(redis.url());
      try (DaemonProcess daemon = launch.start("0", state, langfuse, "--redis=" + url)) {
        daemon.suspend();
        Backlog backlog = RedisBacklog.fill(url, MIX, events);
        Outage outage = new Outage(langfuse, daemon, backlog);
        add(outage.row("Redis", daemon::resume));
      }
    }
  }

  private void add(List<String> row) {
    System.err.println(row);
    table.row(row);
  }
}
