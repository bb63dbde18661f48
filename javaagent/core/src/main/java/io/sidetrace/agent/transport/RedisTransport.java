package io.sidetrace.agent.transport;

import io.sidetrace.event.Slice;
import java.util.ArrayDeque;
import java.util.ArrayList;
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

  /** Bytes under way; more would only fill the memory of a Redis connection that hangs. */
  private static final int WINDOW_BYTES = 8 << 20;

  private final RedisGate redis;
  private final Overflow overflow;
  private final Ledger ledger;
  private final BufferPool buffers = new BufferPool();
  private final ArrayDeque<UnderWay> underWay = new ArrayDeque<>();
  private long bytesUnderWay;
  private int pending;
  private int turn;

  /**
   * An XADD without an answer yet.
   *
   * @param events 0 if it came from the overflow, where its events were counted
   * @param piece null if it did not
   */
  private record UnderWay(
      CompletableFuture<Object> answer,
      long sinceNanos,
      Slice frames,
      int events,
      SegmentFeed.@Nullable Piece piece) {}

  RedisTransport(RedisGate redis, Overflow overflow, Ledger ledger) {
    this.redis = redis;
    this.overflow = overflow;
    this.ledger = ledger;
  }

  @Override
  public int lanes() {
    return redis.streams();
  }

  @Override
  public void send(int lane, Slice frames, int events) {
    if (overflow.isEmpty() && mayAdd()) {
      // The caller goes on using its array, and we need the frames until they are answered for.
      add(lane, buffers.copy(frames), events, null);
    } else {
      overflow.write(frames, events);
    }
  }

  @Override
  public void tick() {
    redis.keepConnected();
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
      add(turn++ % redis.streams(), Slice.of(piece.frames()), 0, piece);
    }
  }

  @Override
  public void flush() {
    redis.flush();
  }

  @Override
  public int pending() {
    return pending;
  }

  @Override
  public boolean settle(boolean late) {
    collectAnswers();
    if (late || !redis.promising()) {
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
    redis.close();
  }

  private boolean mayAdd() {
    return bytesUnderWay < WINDOW_BYTES && redis.open(underWay.isEmpty());
  }

  private void add(int stream, Slice frames, int events, SegmentFeed.@Nullable Piece piece) {
    pending += events;
    bytesUnderWay += frames.length();
    underWay.add(new UnderWay(redis.add(stream, frames), System.nanoTime(), frames, events, piece));
  }

  private void collectAnswers() {
    UnderWay oldest = underWay.peek();
    while (oldest != null && oldest.answer().isDone()) {
      removed(underWay.remove());
      answered(oldest);
      oldest = underWay.peek();
    }
    boolean hangs = oldest != null && System.nanoTime() - oldest.sinceNanos() >= ANSWER_NANOS;
    if (oldest != null && !redis.connected()) {
      redis.lost("lost", "the connection broke");
      giveBackAll();
    } else if (hangs || redis.overdue()) {
      redis.lost("lost", "no answer within a second");
      giveBackAll();
    }
  }

  private void answered(UnderWay done) {
    try {
      done.answer().get();
    } catch (ExecutionException | CancellationException e) {
      redis.failed(RedisLink.root(e));
      giveBack(done);
      return;
    } catch (InterruptedException e) {
      throw new IllegalStateException("a future that is done does not wait", e);
    }
    ledger.sent(done.events());
    SegmentFeed.Piece piece = done.piece();
    if (piece != null) {
      piece.feed().accepted();
    } else {
      // After a failure it would not be safe: the connection may yet write from it.
      buffers.release(done.frames());
    }
    redis.accepted();
  }

  private void giveBackAll() {
    List<UnderWay> all = new ArrayList<>(underWay);
    underWay.clear();
    for (UnderWay failed : all) {
      removed(failed);
      giveBack(failed);
    }
  }

  private void removed(UnderWay entry) {
    bytesUnderWay -= entry.frames().length();
    pending -= entry.events();
  }

  private void giveBack(UnderWay failed) {
    SegmentFeed.Piece piece = failed.piece();
    if (piece != null) {
      piece.feed().refused(piece);
    } else {
      overflow.write(failed.frames(), failed.events());
    }
  }
}
