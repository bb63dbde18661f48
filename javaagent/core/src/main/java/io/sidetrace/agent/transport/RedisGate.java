package io.sidetrace.agent.transport;

import io.sidetrace.agent.log.Log;
import io.sidetrace.event.EventStream;
import io.sidetrace.event.Slice;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Whether Redis takes events at the moment, and the way in if it does. Connects, connects again a
 * second after each failure, watches the streams' length and tells the user about all of it. For
 * one thread; nothing waits.
 */
final class RedisGate implements AutoCloseable {
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final String AWAY = "redis away";
  private static final String REFUSED = "redis refused";

  private final String name;
  private final byte[][] streams;
  private final Log log;
  private final StreamLengths lengths;
  private final RedisLinks redis;
  private long retryAt = System.nanoTime();
  private boolean probing;

  /**
   * @param streams how many to spread events over, 1 or more
   * @param maxLength in entries, of each stream
   */
  RedisGate(RedisTarget target, int streams, long maxLength, Log log) {
    this.name = target.name();
    this.streams = new byte[streams][];
    for (int n = 0; n < streams; n++) {
      this.streams[n] = EventStream.key(n, streams).getBytes(StandardCharsets.US_ASCII);
    }
    this.log = log;
    this.lengths = new StreamLengths(streams, name, maxLength, log);
    this.redis = new RedisLinks(target, this.streams);
    redis.connect();
  }

  int streams() {
    return streams.length;
  }

  boolean connected() {
    return redis.connected();
  }

  /** Whether it is worth waiting for: it takes events, or is just being connected to. */
  boolean promising() {
    return redis.connecting() || (connected() && !probing && !lengths.over());
  }

  /** Whether to add now; after a failure one bundle at a time, until one is taken. */
  boolean open(boolean nothingUnderWay) {
    return connected()
        && System.nanoTime() - retryAt >= 0
        && !lengths.over()
        && (!probing || nothingUnderWay);
  }

  /**
   * @param stream from 0
   */
  CompletableFuture<Object> add(int stream, Slice frames) {
    lengths.grew();
    return redis.add(stream, frames);
  }

  /** Connects if that is due, and looks what became of earlier attempts. */
  void keepConnected() {
    Throwable failure = redis.failure();
    if (failure != null) {
      lost("can't reach", failure.toString());
    } else if (!redis.connected() && !redis.connecting() && System.nanoTime() - retryAt >= 0) {
      redis.connect();
    }
  }

  /** Whether Redis owes an answer about a stream's length for too long. */
  boolean overdue() {
    return lengths.overdue();
  }

  /** Sends what was added. */
  void flush() {
    if (redis.connected()) {
      lengths.ask(redis);
      redis.flush();
    }
  }

  /** Redis took a bundle. */
  void accepted() {
    probing = false;
    log.recovered(AWAY, "Redis " + name + " answers again");
    log.recovered(REFUSED, "Redis " + name + " takes events again");
  }

  /** There is an error for an answer: Redis's own, or the connection's. */
  void failed(Throwable why) {
    if (!RedisLink.isRefusal(why)) {
      lost("lost", why.toString());
      return;
    }
    log.warn(
        REFUSED,
        "Redis "
            + name
            + " refuses events: "
            + why.getMessage()
            + "; they wait in the spool until it takes them");
    retryLater();
  }

  /** Gives the connection up. */
  void lost(String what, String why) {
    log.warn(
        AWAY, what + " Redis " + name + ": " + why + "; events wait in the spool until it answers");
    redis.disconnect();
    lengths.reset();
    retryLater();
  }

  @Override
  public void close() {
    redis.disconnect();
  }

  private void retryLater() {
    retryAt = System.nanoTime() + RETRY_NANOS;
    probing = true;
  }
}
