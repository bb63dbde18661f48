package io.sidetrace.agent.transport;

import io.sidetrace.agent.log.Log;
import io.sidetrace.agent.transport.Ledger.Cause;
import io.sidetrace.event.Slice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What Redis does not take waits here: in segments of this process's spool directory that are not
 * handed over while we live, and are fed back oldest first. Should the process end before that,
 * they are the daemon's like any other.
 */
final class Overflow implements AutoCloseable {
  private final SpoolWriter writer;
  private final Ledger ledger;
  private final Log log;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private @Nullable SegmentFeed feed;
  private boolean open;

  /** A segment nothing more is written to. */
  private record Waiting(Path path, int events) {}

  Overflow(Path root, String instance, long maxBytes, Ledger ledger, Log log) {
    this.ledger = ledger;
    this.log = log;
    this.writer = new SpoolWriter(root, instance, maxBytes, this::ended, ledger, log);
    writer.open();
  }

  /** Counts the events as sent once they are on disk, as dropped otherwise. */
  void write(Slice frames, int events) {
    open = true;
    writer.write(frames, events);
  }

  boolean isEmpty() {
    return !open && waiting.isEmpty() && feed == null;
  }

  /**
   * The next piece to feed back.
   *
   * @return null if there is none at the moment: all is out, or nothing is left
   */
  SegmentFeed.@Nullable Piece next() {
    while (true) {
      SegmentFeed from = feed == null ? nextFeed() : feed;
      if (from == null) {
        return null;
      }
      try {
        SegmentFeed.Piece piece = from.next();
        if (piece != null || !from.done()) {
          return piece;
        }
        feed = null;
        from.delete();
      } catch (IOException e) {
        feed = null;
        log.warn("spool feed", "can't send again what waited in the spool; it stays there", e);
      }
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
    } catch (IOException e) {
      log.warn("spool feed", "can't close a segment", e);
    }
    writer.close();
  }

  private @Nullable SegmentFeed nextFeed() {
    if (waiting.isEmpty() && open) {
      writer.endAfter(0);
      open = false;
    }
    Waiting next = waiting.poll();
    if (next == null) {
      return null;
    }
    try {
      feed = new SegmentFeed(next.path());
    } catch (IOException e) {
      ledger.lost(Cause.SPOOL_DELETED, next.events());
      log.warn("spool feed", "a segment that waited in the spool can't be read", e);
    }
    return feed;
  }

  private void ended(SpoolSegment segment) throws IOException {
    Path path = segment.keep();
    if (segment.events() > 0) {
      waiting.add(new Waiting(path, segment.events()));
    }
  }
}
