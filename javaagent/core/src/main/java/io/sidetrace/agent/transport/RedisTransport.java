package io.sidetrace.agent.transport;

import io.sidetrace.agent.log.Log;
import io.sidetrace.event.EventStream;
import io.sidetrace.event.Slice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Adds bundles of frames to Redis streams. Nothing here waits: answers are collected at the next
 * tick. Whenever Redis is away, hangs, refuses or holds too much, events go to the {@link Overflow}
 * and are fed back afterwards.
 *
 * <p>An event counts as sent when its XADD was answered. What was under way when the connection
 * broke is sent again, so Redis may hold it twice; the daemon's backend replaces by id.
 */
final class RedisTransport implements Transport {
  private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Bytes under way; more would only fill the memory of a Redis connection that hangs. */
  private static final int WINDOW_BYTES = 8 << 20;

  private static final String AWAY = "redis away";
  private static final String REFUSED = "redis refused";

  private final RedisLink link;
  private final Overflow overflow;
  private final StreamLengths lengths;
  private final Ledger ledger;
  private final Log log;
  private final byte[][] streams;
  private final ArrayDeque<UnderWay> underWay = new ArrayDeque<>();
  private long bytesUnderWay;
  private int pending;
  private long retryAt;
  private boolean probing;
  private int turn;

  /**
   * An XADD without an answer yet.
   *
   * @param events 0 if it came from the overflow, where its events were counted
   * @param piece null if it did not
   */
  private record UnderWay(
      CompletableFuture<String> answer,
      long sinceNanos,
      byte[] frames,
      int events,
      SegmentFeed.@Nullable Piece piece) {}

  /**
   * @param streams how many to spread events over, 1 or more
   */
  RedisTransport(
      RedisLink link, Overflow overflow, int streams, long maxLength, Ledger ledger, Log log) {
    this.link = link;
    this.overflow = overflow;
    this.ledger = ledger;
    this.log = log;
    this.streams = new byte[streams][];
    for (int n = 0; n < streams; n++) {
      this.streams[n] = EventStream.key(n, streams).getBytes(StandardCharsets.US_ASCII);
    }
    this.lengths = new StreamLengths(link, this.streams, maxLength, log);
    this.retryAt = System.nanoTime();
    link.connect();
  }

  @Override
  public int lanes() {
    return streams.length;
  }

  @Override
  public void send(int lane, Slice frames, int events) {
    if (overflow.isEmpty() && mayAdd()) {
      // The caller goes on using its array, and we need the frames until they are answered for.
      byte[] copy =
          Arrays.copyOfRange(frames.array(), frames.offset(), frames.offset() + frames.length());
      pending += events;
      add(streams[lane], copy, events, null);
    } else {
      overflow.write(frames, events);
    }
  }

  @Override
  public void tick() {
    keepConnected();
    collectAnswers();
    if (mayAdd()) {
      overflow.inherit();
    }
    while (mayAdd()) {
      SegmentFeed.Piece piece = overflow.next();
      if (piece == null) {
        break;
      }
      // Which trace a piece belongs to we do not know here, and the daemons need not.
      add(streams[turn++ % streams.length], piece.frames(), 0, piece);
    }
    if (link.connected()) {
      lengths.ask();
      link.flush();
    }
  }

  @Override
  public int pending() {
    return pending;
  }

  @Override
  public boolean settle(boolean late) {
    collectAnswers();
    boolean redisMayTake = link.connecting() || (link.connected() && !probing && !lengths.over());
    if (late || !redisMayTake) {
      giveBackAll();
      overflow.settle();
      return true;
    }
    return underWay.isEmpty() && overflow.isEmpty();
  }

  @Override
  public void publish(String counts) {
    overflow.publish(counts);
  }

  @Override
  public void close() {
    giveBackAll();
    overflow.close();
    link.close();
  }

  private boolean mayAdd() {
    return link.connected()
        && System.nanoTime() - retryAt >= 0
        && !lengths.over()
        && (probing ? underWay.isEmpty() : bytesUnderWay < WINDOW_BYTES);
  }

  private void add(byte[] stream, byte[] frames, int events, SegmentFeed.@Nullable Piece piece) {
    lengths.grew();
    bytesUnderWay += frames.length;
    underWay.add(new UnderWay(link.add(stream, frames), System.nanoTime(), frames, events, piece));
  }

  private void keepConnected() {
    if (link.connecting()) {
      Throwable failure = link.endConnecting();
      if (failure != null) {
        away("can't reach", failure.toString());
      } else if (link.connected()) {
        lengths.reset();
        retryAt = System.nanoTime();
      }
    } else if (!link.connected()) {
      if (!underWay.isEmpty()) {
        away("lost", "the connection broke");
      }
      if (System.nanoTime() - retryAt >= 0) {
        link.connect();
      }
    }
  }

  private void collectAnswers() {
    UnderWay oldest = underWay.peek();
    while (oldest != null && oldest.answer().isDone()) {
      underWay.remove();
      answered(oldest);
      oldest = underWay.peek();
    }
    long now = System.nanoTime();
    if (lengths.overdue() || (oldest != null && now - oldest.sinceNanos() >= ANSWER_NANOS)) {
      away("lost", "no answer within a second");
    }
  }

  private void answered(UnderWay answered) {
    try {
      answered.answer().get();
    } catch (ExecutionException | CancellationException e) {
      refused(RedisLink.root(e));
      giveBack(answered);
      return;
    } catch (InterruptedException e) {
      throw new IllegalStateException("a future that is done does not wait", e);
    }
    bytesUnderWay -= answered.frames().length;
    pending -= answered.events();
    ledger.sent(answered.events());
    SegmentFeed.Piece piece = answered.piece();
    if (piece != null) {
      piece.feed().accepted();
    }
    probing = false;
    log.recovered(AWAY, "Redis " + link.name() + " answers again");
    log.recovered(REFUSED, "Redis " + link.name() + " takes events again");
  }

  private void giveBack(UnderWay failed) {
    bytesUnderWay -= failed.frames().length;
    pending -= failed.events();
    SegmentFeed.Piece piece = failed.piece();
    if (piece != null) {
      piece.feed().refused(piece);
    } else {
      overflow.write(Slice.of(failed.frames()), failed.events());
    }
  }

  private void giveBackAll() {
    List<UnderWay> all = new ArrayList<>(underWay);
    underWay.clear();
    all.forEach(this::giveBack);
  }

  private void away(String what, String why) {
    log.warn(
        AWAY,
        what
            + " Redis "
            + link.name()
            + ": "
            + why
            + "; events wait in the spool until it answers");
    link.disconnect();
    lengths.reset();
    giveBackAll();
    retryLater();
  }

  private void refused(Throwable why) {
    log.warn(
        REFUSED,
        "Redis "
            + link.name()
            + " refuses events: "
            + why.getMessage()
            + "; they wait in the spool until it takes them");
    retryLater();
  }

  private void retryLater() {
    retryAt = System.nanoTime() + RETRY_NANOS;
    probing = true;
  }
}
