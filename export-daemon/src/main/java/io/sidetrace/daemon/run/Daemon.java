package io.sidetrace.daemon.run;

import io.micrometer.core.instrument.Tags;
import io.sidetrace.daemon.deadletter.DeadLetters;
import io.sidetrace.daemon.export.Lane;
import io.sidetrace.daemon.ops.Ledger;
import io.sidetrace.daemon.ops.Metrics;
import io.sidetrace.daemon.ops.SequenceGaps;
import io.sidetrace.daemon.ops.ServiceManager;
import io.sidetrace.daemon.shape.RuleCounts;
import io.sidetrace.daemon.shape.Rules;
import io.sidetrace.daemon.shape.Shaper;
import io.sidetrace.daemon.source.AgentLedgers;
import io.sidetrace.daemon.source.Bell;
import io.sidetrace.daemon.source.ConsumerName;
import io.sidetrace.daemon.source.RedisSource;
import io.sidetrace.daemon.source.RedisTarget;
import io.sidetrace.daemon.source.SpoolSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The daemon, from its options to its last word. */
public final class Daemon implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Daemon.class);

  private final DaemonOptions options;
  private final Ledger ledger = new Ledger();
  private final AgentLedgers agents = new AgentLedgers();
  private final SequenceGaps gaps;
  private final InFlight inFlight;
  private final DeadLetters deadLetters;
  private final Outlets outlets;
  private final List<Lane<?>> lanes;
  private final List<SourceLoop> sources = new ArrayList<>();
  private @Nullable ConsumerName consumerName;
  private final RuleCounts ruleCounts = new RuleCounts();
  private final Reloads reloads = new Reloads();
  private final Hold hold;
  private @Nullable HoldLoop holdLoop;
  private @Nullable Pipeline pipeline;
  private @Nullable Watch watch;
  private boolean closed;

  private Daemon(DaemonOptions options) {
    this.options = options;
    this.gaps = new SequenceGaps(options.gapPatience());
    this.inFlight = new InFlight(options.inFlight(), options.inFlightBytes());
    this.hold = new Hold(options.holdTime(), options.holdBytes());
    this.deadLetters = new DeadLetters(options.deadLetters(), options.deadLettersMaxBytes());
    this.outlets = Exporters.outlets(options);
    this.lanes = outlets.lanes();
  }

  /**
   * @throws IOException if a source cannot be opened; the message is for the user
   */
  public static Daemon start(DaemonOptions options) throws IOException {
    Daemon daemon = new Daemon(options);
    try {
      daemon.open();
      return daemon;
    } catch (IOException | RuntimeException e) {
      daemon.close();
      throw e;
    }
  }

  private void open() throws IOException {
    Desk desk = new Desk(ledger, inFlight, deadLetters);
    Shaper shaper = new Shaper(new Shaper.Defaults(options.environment(), options.release()));
    Rules rules = ConfiguredRules.of(options.shape(), toLangfuse(), ruleCounts);
    Pipeline pipeline = new Pipeline(rules, shaper, hold, outlets, desk, gaps);
    this.pipeline = pipeline;
    holdLoop = new HoldLoop(hold, pipeline).start();
    lanes.forEach(Lane::start);
    if (options.readsSpool()) {
      Bell bell = new Bell();
      SpoolSource spool = SpoolSource.open(options.spool(), options.poll(), agents, bell);
      sources.add(new SourceLoop(spool, pipeline, inFlight, bell, options.poll()).start());
      log.info("reading the spool {}", options.spool());
    }
    RedisTarget redis = options.redisTarget();
    if (redis != null) {
      openRedis(redis, pipeline);
    }
    Metrics metrics = new Metrics(ledger, agents::sum, deadLetters::reasons);
    metrics.count("sidetrace.mask.failures", Tags.empty(), ruleCounts::maskFailures);
    metrics.gauge("sidetrace.hold.bytes", Tags.empty(), hold::bytes);
    metrics.count("sidetrace.hold.spilled", Tags.empty(), hold::spilled);
    reloads.showIn(metrics);
    Figures.Parts parts =
        new Figures.Parts(options, ledger, inFlight, sources, lanes, deadLetters, gaps, agents);
    Watch started = new Watch(parts, metrics, new ServiceManager(System.getenv()));
    watch = started;
    started.start();
  }

  private void openRedis(RedisTarget target, Pipeline pipeline) throws IOException {
    String consumer = options.redisConsumer();
    if (consumer == null) {
      ConsumerName own = ConsumerName.take(options.deadLetters());
      consumerName = own;
      consumer = own.name();
    }
    RedisSource.Access access =
        new RedisSource.Access(target, options.redisStreams(), consumer, options.redisMinIdle());
    Bell bell = new Bell();
    RedisSource source = new RedisSource(access, bell);
    sources.add(new SourceLoop(source, pipeline, inFlight, bell, options.poll()).start());
    log.info("reading Redis as {}", consumer);
  }

  /**
   * Shapes events by new rules from now on. All other options are as they were at the start; where
   * they differ that is said. If the new options make no sense the old rules stay.
   */
  public void reload(Reloads.Reading reading) {
    Pipeline running = pipeline;
    if (running != null) {
      reloads.apply(
          reading,
          options,
          fresh -> running.use(ConfiguredRules.of(fresh, toLangfuse(), ruleCounts)));
    }
  }

  private boolean toLangfuse() {
    return lanes.stream().anyMatch(lane -> lane.name().startsWith("langfuse"));
  }

  List<SourceLoop> sources() {
    return sources;
  }

  /** Where metrics and health are; -1 if nowhere. */
  int opsPort() {
    return watch == null ? -1 : watch.port();
  }

  public Ledger.Snapshot ledger() {
    return ledger.snapshot();
  }

  /**
   * Reads no more, sends what is in flight for as long as {@code drain-timeout} allows, and says
   * what it leaves behind. That stays in its source and is delivered by the next daemon.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (watch != null) {
      watch.stopping();
    }
    drain(System.nanoTime() + options.drainTimeout().toNanos());
    lanes.forEach(Lane::close);
    sources.forEach(SourceLoop::close);
    if (watch != null) {
      watch.close();
    }
    try {
      deadLetters.close();
      if (consumerName != null) {
        consumerName.close();
      }
    } catch (IOException e) {
      log.warn("cannot close the dead letters: {}", e.toString());
    }
    sayGoodbye();
  }

  private void drain(long deadline) {
    sources.forEach(SourceLoop::stopReading);
    lanes.forEach(Lane::flush);
    try {
      for (SourceLoop source : sources) {
        source.awaitLastRead(deadline - System.nanoTime());
      }
      if (holdLoop != null) {
        holdLoop.close();
      }
      while (inFlight.count() > 0 && System.nanoTime() - deadline < 0) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sayGoodbye() {
    Ledger.Snapshot last = ledger.snapshot();
    if (last.pending() > 0) {
      log.warn(
          "stopped with {} events unsettled after {} s; they stay where they were read and will be"
              + " delivered by the next daemon",
          last.pending(),
          options.drainTimeout().toSeconds());
    }
    log.info("ledger: {}", last.inWords());
  }
}
