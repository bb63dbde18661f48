package io.sidetrace.daemon.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Remembers, beside a segment, which of its frames are settled. Appended to through the page cache:
 * it survives a kill of the daemon, not of the machine.
 *
 * <pre>
 * file  := range*
 * range := first frame u32 · last frame u32      (counted from 0, big-endian)
 * </pre>
 */
final class SettledFrames {
  private static final int RANGE_BYTES = 8;

  private final Path file;
  private @Nullable FileChannel channel;

  SettledFrames(Path file) {
    this.file = file;
  }

  /** What earlier runs settled; a range that was cut by a crash is left out. */
  BitSet read() throws IOException {
    BitSet settled = new BitSet();
    if (Files.exists(file)) {
      ByteBuffer ranges = ByteBuffer.wrap(Files.readAllBytes(file));
      while (ranges.remaining() >= RANGE_BYTES) {
        int first = ranges.getInt();
        int last = ranges.getInt();
        if (first >= 0 && last >= first) {
          settled.set(first, last + 1);
        }
      }
    }
    return settled;
  }

  void append(BitSet frames) throws IOException {
    ByteBuffer ranges = ByteBuffer.allocate(RANGE_BYTES * frames.cardinality());
    for (int first = frames.nextSetBit(0); first >= 0; ) {
      int end = frames.nextClearBit(first);
      ranges.putInt(first).putInt(end - 1);
      first = frames.nextSetBit(end);
    }
    ranges.flip();
    FileChannel to = open();
    while (ranges.hasRemaining()) {
      to.write(ranges);
    }
  }

  void delete() throws IOException {
    close();
    Files.deleteIfExists(file);
  }

  void close() throws IOException {
    FileChannel open = channel;
    if (open != null) {
      channel = null;
      open.close();
    }
  }

  private FileChannel open() throws IOException {
    FileChannel open = channel;
    if (open == null) {
      open = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      // A range that a crash cut is overwritten, else all later ones would be read askew.
      open.position(open.size() / RANGE_BYTES * RANGE_BYTES);
      channel = open;
    }
    return open;
  }
}
