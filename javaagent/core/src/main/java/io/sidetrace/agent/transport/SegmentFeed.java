package io.sidetrace.agent.transport;

import io.sidetrace.event.FrameEncoder;
import io.sidetrace.event.Spool;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads a segment piece by piece, to be sent by another road, until each piece was accepted. */
final class SegmentFeed implements AutoCloseable {
  private final Path path;
  private final RandomAccessFile file;
  private final long length;
  private final ArrayDeque<Piece> again = new ArrayDeque<>();
  private long position = SpoolSegment.HEAD_BYTES;
  private int out;

  /** Whole frames of a segment. */
  record Piece(SegmentFeed feed, byte[] frames) {}

  /**
   * @throws IOException if it can't be read or is no segment
   */
  SegmentFeed(Path path) throws IOException {
    this.path = path;
    this.file = new RandomAccessFile(path.toFile(), "r");
    try {
      this.length = file.length();
      // An empty file is a segment whose writer did not get far.
      if (length >= SpoolSegment.HEAD_BYTES && file.readInt() != Spool.MAGIC) {
        throw new IOException(path + " is no segment of a spool");
      }
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /**
   * The next piece to send, which the caller answers for by {@link #accepted} or {@link #refused}.
   *
   * @return null if there is none at the moment
   */
  @Nullable Piece next() throws IOException {
    Piece piece = again.poll();
    if (piece == null) {
      piece = read();
    }
    if (piece != null) {
      out++;
    }
    return piece;
  }

  void accepted() {
    out--;
  }

  void refused(Piece piece) {
    out--;
    again.add(piece);
  }

  /** True while nothing is left to send, though it may come back refused. */
  boolean allOut() {
    return again.isEmpty() && position >= length;
  }

  /** True once all was read and accepted. */
  boolean done() {
    return out == 0 && allOut();
  }

  void delete() throws IOException {
    file.close();
    Files.deleteIfExists(path);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** As many whole frames as fit a bundle; a larger one alone. A cut frame ends the segment. */
  private @Nullable Piece read() throws IOException {
    byte[] bytes = bytes(Transport.BUNDLE_BYTES);
    if (bytes.length >= FrameEncoder.HEAD_BYTES && frameBytes(bytes, 0) > bytes.length) {
      long alone = frameBytes(bytes, 0);
      bytes = alone <= length - position ? bytes((int) alone) : new byte[0];
    }
    int whole = wholeFrames(bytes);
    if (whole == 0) {
      position = length;
      return null;
    }
    position += whole;
    return new Piece(this, whole == bytes.length ? bytes : Arrays.copyOf(bytes, whole));
  }

  private byte[] bytes(int atMost) throws IOException {
    byte[] bytes = new byte[(int) Math.max(0, Math.min(atMost, length - position))];
    file.seek(position);
    file.readFully(bytes);
    return bytes;
  }

  private static int wholeFrames(byte[] bytes) {
    int end = 0;
    while (bytes.length - end >= FrameEncoder.HEAD_BYTES
        && frameBytes(bytes, end) <= bytes.length - end) {
      end += (int) frameBytes(bytes, end);
    }
    return end;
  }

  private static long frameBytes(byte[] bytes, int at) {
    long body = ByteBuffer.wrap(bytes).getInt(at) & 0xffffffffL;
    return FrameEncoder.HEAD_BYTES + body;
  }
}
