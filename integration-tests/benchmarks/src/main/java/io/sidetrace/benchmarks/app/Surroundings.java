package io.sidetrace.benchmarks.app;

import io.sidetrace.event.EventStream;
import io.sidetrace.harness.Program;
import io.sidetrace.harness.RedisProcess;
import io.sidetrace.standin.OpenAiStandIn;
import io.sidetrace.standin.StandInOptions;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the applications talk to: a model, an OTLP sink, Redis, a spool. Everything that arrives is
 * thrown away at once, so that a comparison measures the application's side.
 */
public final class Surroundings implements Closeable {
  private final OpenAiStandIn model;
  private final OtlpSink sink;
  private final RedisProcess redis;
  private final Path spools;
  private volatile boolean draining = true;
  private final AtomicInteger generation = new AtomicInteger();
  private final ScheduledExecutorService drain = Executors.newSingleThreadScheduledExecutor();

  /**
   * @param modelDelay before the model answers
   * @param spools directory for the spools, one for each subject
   */
  public Surroundings(Duration modelDelay, Path spools) throws IOException {
    this.model = OpenAiStandIn.start(StandInOptions.defaults().withDelay(modelDelay));
    // After the model, which sets how the JDK's server treats small packets, for all servers here.
    this.sink = new OtlpSink();
    this.spools = spools;
    this.redis = RedisProcess.start(spools.resolve("redis"));
    redis.command("CONFIG", "SET", "appendonly", "no"); // the disk is no part of the comparison
    var unused = drain.scheduleWithFixedDelay(this::drain, 500, 500, TimeUnit.MILLISECONDS);
  }

  public String modelUrl() {
    return model.baseUrl().toString();
  }

  OtlpSink sink() {
    return sink;
  }

  RedisProcess redis() {
    return redis;
  }

  /** To suspend, resume or kill Redis. */
  public Program redisProgram() {
    return redis.program();
  }

  /** From here on OTLP requests are taken and never answered. */
  public void hangSink() {
    sink.hang();
  }

  public Path spool(Subject subject) {
    return spools.resolve(subject.name() + generation.get());
  }

  /** From here on the subject's spool is this one, which nobody has used. */
  public Path freshSpool(Subject subject) {
    generation.incrementAndGet();
    return spool(subject);
  }

  /** Whether anyone reads what arrives. */
  public void drain(boolean on) {
    draining = on;
  }

  private void drain() {
    if (!draining) {
      return;
    }
    for (Subject subject : Subject.values()) {
      SpoolDrain.drain(spool(subject));
    }
    try {
      redis.command("XTRIM", EventStream.KEY, "MAXLEN", "0");
    } catch (UncheckedIOException e) {
      return; // frozen on purpose; the next round drains
    }
  }

  @Override
  public void close() {
    drain.shutdownNow();
    redis.close();
    sink.close();
    model.close();
  }
}
