package io.sidetrace.agent.transport;

import io.sidetrace.event.Slice;
import io.sidetrace.event.Spool;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A segment being written. Frames go through the page cache: once {@link #append} returned, they
 * survive the process, though not the machine.
 */
final class SpoolSegment {
  static final int HEAD_BYTES = 4;

  private final Path open;
  private final Path closed;
  private final RandomAccessFile file;
  private final long firstFrameNanos;
  private long size;
  private int events;

  private SpoolSegment(Path open, Path closed, RandomAccessFile file) {
    this.open = open;
    this.closed = closed;
    this.file = file;
    this.firstFrameNanos = System.nanoTime();
  }

  static SpoolSegment create(SpoolDirectory directory, long number) throws IOException {
    String name = Spool.segmentName(number);
    Path open = directory.path().resolve(name + Spool.OPEN);
    SpoolSegment segment =
        new SpoolSegment(
            open, directory.path().resolve(name + Spool.CLOSED), directory.createFile(open));
    try {
      segment.file.writeInt(Spool.MAGIC);
      segment.size = HEAD_BYTES;
      return segment;
    } catch (IOException e) {
      segment.discard();
      throw e;
    }
  }

  /**
   * Adds whole frames with one write.
   *
   * @throws IOException if they could not be written; the segment then ends where it ended before
   */
  void append(Slice frames, int count) throws IOException {
    try {
      file.write(frames.array(), frames.offset(), frames.length());
    } catch (IOException e) {
      // What was written of the first frame that did not fit would hide all that follows it.
      file.setLength(size);
      throw e;
    }
    size += frames.length();
    events += count;
  }

  long size() {
    return size;
  }

  int events() {
    return events;
  }

  long ageNanos() {
    return System.nanoTime() - firstFrameNanos;
  }

  /** Gives the segment to the daemon, or removes it if nothing is in it. */
  void handOver() throws IOException {
    file.close();
    if (events == 0) {
      Files.deleteIfExists(open);
    } else {
      Files.move(open, closed, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** Ends the segment without giving it away. */
  Path keep() throws IOException {
    file.close();
    if (events == 0) {
      Files.deleteIfExists(open);
    }
    return open;
  }

  /** True once someone else has removed the file. */
  boolean gone() {
    return Files.notExists(open) && Files.notExists(closed);
  }

  private void discard() throws IOException {
    file.close();
    Files.deleteIfExists(open);
  }
}
