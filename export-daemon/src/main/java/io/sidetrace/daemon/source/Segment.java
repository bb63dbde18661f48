package io.sidetrace.daemon.source;

import io.sidetrace.event.FrameReader;
import io.sidetrace.event.Spool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A segment from its first read until its last frame is settled. Used by the source's thread. */
final class Segment {
  private static final Duration UNREADABLE_REST = Duration.ofSeconds(30);

  private final Path file;
  private final boolean continuous;
  private final boolean halfWritten;
  private final SettledFrames settled;
  private final BitSet fresh = new BitSet();
  private final Set<Again> agains = new HashSet<>(1);
  private BitSet before = new BitSet();
  private @Nullable SegmentReader reader;
  private boolean read;
  private int frames;
  private int pending;
  private boolean returned;

  /**
   * @param continuous see {@link Delivery#continuous}
   */
  Segment(Path file, boolean continuous) {
    this.file = file;
    this.continuous = continuous;
    this.halfWritten = file.toString().endsWith(Spool.OPEN);
    this.settled = new SettledFrames(settledBeside(file));
  }

  static Path settledBeside(Path segment) {
    String name = segment.getFileName().toString();
    return segment.resolveSibling(name.substring(0, name.lastIndexOf('.')) + Spool.SETTLED);
  }

  /**
   * Hands on the frames of one window that are not settled yet.
   *
   * @return false once the segment is read to its end
   * @throws IOException if the file cannot be read; the segment then counts as read
   */
  boolean read(Intake to, Inbox<FrameReceipt> inbox) throws IOException {
    SegmentReader from = reader;
    try {
      if (from == null) {
        before = settled.read();
        from = new SegmentReader(file, halfWritten);
        reader = from;
      }
      int reads = Math.max(1, from.reads());
      do {
        FrameReader.Item item = from.next();
        if (item == null) {
          endRead();
          return false;
        }
        handOn(item, to, inbox);
      } while (from.reads() <= reads);
      return true;
    } catch (NoSuchFileException e) {
      // Its writer took it back to send it by another road.
      endRead();
      return false;
    } catch (IOException e) {
      // Come back later: what was handed on is settled by then, the rest is still there.
      returned = true;
      endRead();
      throw e;
    }
  }

  private void handOn(FrameReader.Item item, Intake to, Inbox<FrameReceipt> inbox) {
    int index = frames++;
    if (before.get(index)) {
      return;
    }
    pending++;
    FrameReceipt receipt = new FrameReceipt(this, index, inbox);
    if (item instanceof FrameReader.Whole whole) {
      to.deliver(
          new Delivery(
              whole.bytes(),
              whole.event(),
              whole.request(),
              whole.response(),
              receipt,
              continuous));
    } else if (item instanceof FrameReader.Corrupt corrupt) {
      to.unreadable(corrupt.bytes(), corrupt.reason() + " (" + file + ")", receipt);
    }
  }

  private void endRead() throws IOException {
    read = true;
    SegmentReader open = reader;
    if (open != null) {
      reader = null;
      open.close();
    }
  }

  void settled(FrameReceipt receipt) {
    pending--;
    Again again = receipt.again();
    if (again != null) {
      returned = true;
      agains.add(again);
    } else {
      fresh.set(receipt.index());
    }
  }

  /** True if all that was read was answered for; the segment may be let go of. */
  boolean isFinished() {
    return read && pending == 0;
  }

  /** True if frames remain in the file that must be read again later. */
  boolean hasReturned() {
    return returned;
  }

  /**
   * True if a frame of it may be delivered again.
   *
   * @param restedNanos since it was returned
   */
  boolean mayBeReadAgain(long restedNanos) {
    // Without one it is the file that could not be read.
    return agains.isEmpty()
        ? restedNanos > UNREADABLE_REST.toNanos()
        : agains.stream().anyMatch(again -> again.may() && restedNanos > again.rest().toNanos());
  }

  /** Writes down what was settled since the last call, or removes the file if nothing is left. */
  void acknowledge() throws IOException {
    if (isFinished() && !returned) {
      Files.deleteIfExists(file);
      settled.delete();
    } else if (!fresh.isEmpty()) {
      settled.append(fresh);
    }
    fresh.clear();
  }

  void close() throws IOException {
    endRead();
    settled.close();
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
