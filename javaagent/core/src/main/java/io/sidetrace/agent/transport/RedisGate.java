package io.sidetrace.agent.transport;

import io.sidetrace.agent.log.Log;
import io.sidetrace.event.EventStream;
import io.sidetrace.event.Slice;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether Redis takes events at the moment, and the way in if it does. Loads the client, connects,
 * connects again a second after each failure, watches the streams' length and tells the user about
 * all of it. For one thread; nothing waits.
 */
final class RedisGate implements AutoCloseable {
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final String AWAY = "redis away";
  private static final String REFUSED = "redis refused";

  private final String name;
  private final byte[][] streams;
  private final Log log;
  private final StreamLengths lengths;
  private @Nullable CompletableFuture<RedisLink> loading;
  private @Nullable RedisLink link;
  private long retryAt = System.nanoTime();
  private boolean probing;

  /**
   * @param name of Redis in messages
   * @param streams how many to spread events over, 1 or more
   * @param maxLength in entries, of each stream
   */
  RedisGate(String url, String name, int streams, long maxLength, Log log) {
    this.name = name;
    this.streams = new byte[streams][];
    for (int n = 0; n < streams; n++) {
      this.streams[n] = EventStream.key(n, streams).getBytes(StandardCharsets.US_ASCII);
    }
    this.log = log;
    this.lengths = new StreamLengths(this.streams, name, maxLength, log);
    this.loading = load(url);
  }

  /**
   * Loads Lettuce on a thread of its own: that takes a second or two on a busy machine, in which
   * the drainer's queue would fill up.
   */
  private static CompletableFuture<RedisLink> load(String url) {
    CompletableFuture<RedisLink> loaded = new CompletableFuture<>();
    Runnable load =
        () -> {
          try {
            RedisLink made = new RedisLink(url);
            made.connect();
            loaded.complete(made);
          } catch (Throwable e) {
            loaded.completeExceptionally(e);
          }
        };
    Thread loader = new Thread(null, load, "sidetrace-redis-start", 0, false);
    loader.setDaemon(true);
    loader.start();
    return loaded;
  }

  int streams() {
    return streams.length;
  }

  boolean connected() {
    return link != null && link.connected();
  }

  /** Whether it is worth waiting for: it takes events, or is just being connected to. */
  boolean promising() {
    boolean connecting = loading != null || (link != null && link.connecting());
    return connecting || (connected() && !probing && !lengths.over());
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
  CompletableFuture<String> add(int stream, Slice frames) {
    lengths.grew();
    return link == null
        ? CompletableFuture.failedFuture(new IllegalStateException("not connected"))
        : link.add(streams[stream], frames);
  }

  /** Connects if that is due, and looks what became of earlier attempts. */
  void keepConnected() {
    RedisLink current = link == null ? loaded() : link;
    if (current == null || current.connected()) {
      return;
    }
    if (current.connecting()) {
      Throwable failure = current.endConnecting();
      if (failure != null) {
        lost("can't reach", failure.toString());
      }
    } else if (System.nanoTime() - retryAt >= 0) {
      current.connect();
    }
  }

  /** Whether Redis owes an answer about a stream's length for too long. */
  boolean overdue() {
    return lengths.overdue();
  }

  /** Sends what was added. */
  void flush() {
    RedisLink current = link;
    if (current != null && current.connected()) {
      lengths.ask(current);
      current.flush();
    }
  }

  /** Redis took a bundle. */
  void accepted() {
    probing = false;
    log.recovered(AWAY, "Redis " + name + " answers again");
    log.recovered(REFUSED, "Redis " + name + " takes events again");
  }

  /** Redis answered with an error. */
  void refused(Throwable why) {
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
    if (link != null) {
      link.disconnect();
    }
    lengths.reset();
    retryLater();
  }

  @Override
  public void close() {
    if (link != null) {
      link.close();
    } else if (loading != null) {
      var unused = loading.thenAccept(RedisLink::close);
    }
  }

  private @Nullable RedisLink loaded() {
    CompletableFuture<RedisLink> attempt = loading;
    if (attempt == null || !attempt.isDone()) {
      return null;
    }
    loading = null;
    if (attempt.isCompletedExceptionally()) {
      log.warn(
          AWAY,
          "the Redis client did not start, events go to the spool",
          attempt.handle((made, thrown) -> thrown).join());
    } else {
      link = attempt.join();
    }
    return link;
  }

  private void retryLater() {
    retryAt = System.nanoTime() + RETRY_NANOS;
    probing = true;
  }
}
