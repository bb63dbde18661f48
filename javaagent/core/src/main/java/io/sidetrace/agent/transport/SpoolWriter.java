package io.sidetrace.agent.transport;

import io.sidetrace.agent.log.Log;
import io.sidetrace.agent.transport.Ledger.Cause;
import io.sidetrace.event.Slice;
import io.sidetrace.event.Spool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Appends frames to segments in this process's spool directory, whatever the disk does: when it is
 * full, gone or forbidden, events are dropped and counted, and a second later it is tried again.
 */
final class SpoolWriter implements AutoCloseable {
  static final int SEGMENT_BYTES = 8 << 20;
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final String FAILED = "spool failed";
  private static final String FULL = "spool full";

  /** What is done with a segment nothing more is written to. */
  interface SegmentEnd {
    void ended(SpoolSegment segment) throws IOException;
  }

  private final Path root;
  private final String name;
  private final SpoolUsage usage;
  private final SegmentEnd end;
  private final Ledger ledger;
  private final Log log;
  private @Nullable SpoolDirectory directory;
  private @Nullable SpoolSegment segment;
  private long nextSegment;
  private boolean failing;
  private long failedAt;

  /**
   * @param name the directory's, see {@link io.sidetrace.event.Spool}
   * @param maxBytes under the root, of all processes
   */
  SpoolWriter(Path root, String name, long maxBytes, SegmentEnd end, Ledger ledger, Log log) {
    this.root = root;
    this.name = name;
    this.usage = new SpoolUsage(root.toFile(), maxBytes);
    this.end = end;
    this.ledger = ledger;
    this.log = log;
  }

  /** Takes the directory now, so that a spool that can't be written is told of at the start. */
  void open() {
    try {
      directory();
    } catch (IOException e) {
      failed(e);
    }
  }

  /** Counts the events as sent once they are in a segment, as dropped otherwise. */
  void write(Slice frames, int events) {
    if (failing && System.nanoTime() - failedAt < RETRY_NANOS) {
      ledger.dropped(Cause.SPOOL_FAILED, events);
      return;
    }
    try {
      if (!usage.allows(frames.length())) {
        full(events);
        return;
      }
      SpoolSegment into = segmentFor(frames.length());
      into.append(frames, events);
      usage.add(frames.length());
      ledger.sent(events);
      recovered();
    } catch (IOException e) {
      ledger.dropped(Cause.SPOOL_FAILED, events);
      failed(e);
    }
  }

  /** Ends the segment if it is this old. */
  void endAfter(long nanos) {
    SpoolSegment current = segment;
    if (current != null && current.ageNanos() >= nanos) {
      end(current);
    }
  }

  /** Replaces {@code ledger.json}. */
  void publish(String ledger) {
    SpoolDirectory current = directory;
    try {
      if (current != null) {
        current.replace(Spool.LEDGER, ledger);
      }
    } catch (IOException e) {
      failed(e);
    }
  }

  @Override
  public void close() {
    endAfter(0);
    release();
  }

  private SpoolSegment segmentFor(int bytes) throws IOException {
    SpoolSegment current = segment;
    if (current != null && current.size() + bytes > SEGMENT_BYTES) {
      end(current);
      current = segment;
    }
    if (current == null) {
      current = SpoolSegment.create(directory(), nextSegment++);
      segment = current;
    }
    return current;
  }

  private void end(SpoolSegment current) {
    segment = null;
    try {
      end.ended(current);
    } catch (IOException e) {
      if (current.gone()) {
        ledger.lost(Cause.SPOOL_DELETED, current.events());
      }
      failed(e);
    }
  }

  private SpoolDirectory directory() throws IOException {
    SpoolDirectory current = directory;
    if (current == null) {
      current = SpoolDirectory.create(root, name);
      directory = current;
    }
    return current;
  }

  /** Gives everything up, so that the next attempt begins with what it finds then. */
  private void failed(IOException cause) {
    log.warn(
        FAILED,
        "can't write to the spool " + root + ", events are dropped until it works again",
        cause);
    failing = true;
    failedAt = System.nanoTime();
    SpoolSegment current = segment;
    if (current != null) {
      end(current);
    }
    SpoolDirectory held = directory;
    if (held != null && !held.exists()) {
      release();
    }
  }

  private void full(int events) {
    ledger.dropped(Cause.SPOOL_FULL, events);
    log.warn(
        FULL,
        () -> "spool is full: " + usage.describe() + "; raise spool.max-bytes or start the daemon");
  }

  private void recovered() {
    failing = false;
    log.recovered(FAILED, "the spool " + root + " is written again");
    log.recovered(FULL, "the spool " + root + " has room again");
  }

  private void release() {
    SpoolDirectory held = directory;
    directory = null;
    try {
      if (held != null) {
        held.close();
      }
    } catch (IOException e) {
      log.warn("spool lock", "can't free the lock of " + held.path(), e);
    }
  }
}
