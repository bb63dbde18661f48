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
 * it survives a kill of the daemon, not of the machine. The file holds {@link FrameRanges}.
 */
final class SettledFrames {
  private final Path file;
  private @Nullable FileChannel channel;

  SettledFrames(Path file) {
    this.file = file;
  }

  /** What earlier runs settled; a range that was cut by a crash is left out. */
  BitSet read() throws IOException {
    return Files.exists(file) ? FrameRanges.decode(Files.readAllBytes(file)) : new BitSet();
  }

  void append(BitSet frames) throws IOException {
    ByteBuffer ranges = ByteBuffer.wrap(FrameRanges.encode(frames));
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
      open.position(open.size() / FrameRanges.RANGE_BYTES * FrameRanges.RANGE_BYTES);
      channel = open;
    }
    return open;
  }
}
