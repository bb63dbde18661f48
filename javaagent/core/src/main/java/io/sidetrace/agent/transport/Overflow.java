package io.sidetrace.agent.transport;

import io.sidetrace.agent.log.Log;
import io.sidetrace.agent.transport.Ledger.Cause;
import io.sidetrace.agent.transport.Predecessors.Inherited;
import io.sidetrace.event.Slice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What Redis does not take waits here: in segments of this process's spool directory that are not
 * handed over while we live, and are fed back oldest first. What earlier processes of the service
 * left behind is fed back too. Should the process end before that, all of it is the daemon's like
 * any other, or our successor's.
 */
final class Overflow implements AutoCloseable {
  private static final long INHERIT_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final String FEED = "spool feed";

  private final SpoolWriter writer;
  private final Predecessors predecessors;
  private final Ledger ledger;
  private final Log log;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private final List<Inherited> inherited = new ArrayList<>();
  private @Nullable Waiting current;
  private @Nullable SegmentFeed feed;
  private boolean open;
  private long inheritedAt = System.nanoTime() - INHERIT_NANOS;

  /**
   * A segment nothing more is written to.
   *
   * @param events how many of our ledger are in it
   * @param from null if it is our own
   */
  private record Waiting(Path path, int events, @Nullable Inherited from) {}

  Overflow(Path root, String instance, long maxBytes, Ledger ledger, Log log) {
    this.ledger = ledger;
    this.log = log;
    this.writer = new SpoolWriter(root, instance, maxBytes, this::ended, ledger, log);
    this.predecessors = new Predecessors(root.toFile(), instance);
    writer.open();
  }

  /** Counts the events as sent once they are on disk, as dropped otherwise. */
  void write(Slice frames, int events) {
    open = true;
    writer.write(frames, events);
  }

  /**
   * True if nothing is left to send: what comes now may overtake nothing. Pieces may still be under
   * way; to wait for their answers would send everything after them through files too, for ever.
   */
  boolean isEmpty() {
    return !open && waiting.isEmpty() && (feed == null || feed.allOut());
  }

  /**
   * The next piece to feed back.
   *
   * @return null if there is none at the moment: all is out, or nothing is left
   */
  SegmentFeed.@Nullable Piece next() {
    while (feed != null || nextFeed()) {
      SegmentFeed from = feed;
      try {
        SegmentFeed.Piece piece = from == null ? null : from.next();
        if (piece != null || (from != null && !from.done())) {
          return piece;
        }
        sent();
      } catch (IOException e) {
        feed = null;
        log.warn(FEED, "can't send again what waited in the spool; it stays there", e);
      }
    }
    return null;
  }

  /** Looks now and then for what earlier processes left; only worth it while Redis takes events. */
  void inherit() {
    if (System.nanoTime() - inheritedAt < INHERIT_NANOS) {
      return;
    }
    inheritedAt = System.nanoTime();
    try {
      for (Inherited found : predecessors.takeOver()) {
        log.info("sending " + found.segments().size() + " segments an earlier process left");
        inherited.add(found);
        found.segments().forEach(path -> waiting.add(new Waiting(path, 0, found)));
      }
    } catch (IOException e) {
      log.warn(FEED, "can't take over what earlier processes left in the spool", e);
    }
  }

  /** Puts what was written where it survives us. */
  void settle() {
    writer.endAfter(0);
  }

  void publish(String counts) {
    writer.publish(counts);
  }

  @Override
  public void close() {
    try {
      if (feed != null) {
        feed.close();
      }
      for (Inherited left : inherited) {
        left.close();
      }
    } catch (IOException e) {
      log.warn(FEED, "can't close what waits in the spool", e);
    }
    writer.close();
  }

  private boolean nextFeed() {
    if (waiting.isEmpty() && open) {
      writer.endAfter(0);
      open = false;
    }
    Waiting next = waiting.poll();
    current = next;
    if (next == null) {
      return false;
    }
    try {
      feed = new SegmentFeed(next.path());
    } catch (IOException e) {
      ledger.lost(Cause.SPOOL_DELETED, next.events());
      log.warn(FEED, "a segment that waited in the spool can't be read", e);
      return nextFeed();
    }
    return true;
  }

  private void sent() throws IOException {
    SegmentFeed done = feed;
    feed = null;
    if (done != null) {
      done.delete();
    }
    Inherited from = current == null ? null : current.from();
    if (from != null) {
      from.sent();
    }
  }

  private void ended(SpoolSegment segment) throws IOException {
    Path path = segment.keep();
    if (segment.events() > 0) {
      waiting.add(new Waiting(path, segment.events(), null));
    }
  }
}
