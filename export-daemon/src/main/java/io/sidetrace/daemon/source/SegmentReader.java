package io.sidetrace.daemon.source;

import io.sidetrace.event.FrameReader;
import io.sidetrace.event.Slice;
import io.sidetrace.event.Spool;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Reads a segment through windows of {@value #WINDOW} bytes, each an array of its own: frames are
 * handed on as slices, and an array lives only as long as frames in it are in flight.
 */
final class SegmentReader implements Closeable {
  static final int WINDOW = 256 << 10;
  private static final int MAGIC_BYTES = 4;

  /** No frame is shorter. Shorter lengths come from zeroed or overwritten blocks. */
  private static final int LEAST_FRAME = 8 + 9;

  private final FileChannel channel;
  private final boolean halfWritten;
  private long left;
  private Slice window = Slice.EMPTY;
  private FrameReader frames = new FrameReader(Slice.EMPTY);
  private int position;
  private int reads;
  private boolean started;
  private boolean ended;

  /**
   * @param halfWritten its writer died: a cut frame at the end was never handed over, so it is
   *     passed over instead of reported
   */
  SegmentReader(Path file, boolean halfWritten) throws IOException {
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
    this.halfWritten = halfWritten;
    this.left = channel.size();
  }

  /**
   * @return null at the end of the segment
   */
  FrameReader.@Nullable Item next() throws IOException {
    if (!started) {
      started = true;
      FrameReader.Item foreign = magic();
      if (foreign != null) {
        return foreign;
      }
    }
    while (!ended) {
      FrameReader.Item item = frames.next();
      if (item != null) {
        position = frames.position();
        return item.bytes().length() < LEAST_FRAME ? rest(position, "bytes are no frame") : item;
      }
      if (left == 0 || frameIsLongerThanFile()) {
        return tail();
      }
      refill();
    }
    return null;
  }

  /** How many times the file was read; grows when {@link #next} needed more bytes. */
  int reads() {
    return reads;
  }

  private FrameReader.@Nullable Item magic() throws IOException {
    refill();
    if (window.length() < MAGIC_BYTES && halfWritten) {
      ended = true;
      return null;
    }
    if (window.length() < MAGIC_BYTES || intAt(0) != Spool.MAGIC) {
      return window.length() == 0
          ? end()
          : rest(0, "file is no segment: it does not begin with SDT1");
    }
    restart(window, MAGIC_BYTES);
    return null;
  }

  private FrameReader.@Nullable Item tail() throws IOException {
    boolean nothing = rest() == 0 && left == 0;
    return nothing || halfWritten ? end() : rest(position, "segment ends within a frame");
  }

  private FrameReader.@Nullable Item end() {
    ended = true;
    return null;
  }

  /** Everything from {@code from} to the end of the file, as one corrupt item. */
  private FrameReader.Item rest(int from, String reason) throws IOException {
    int start = Math.min(from, window.offset() + window.length());
    restart(window, start);
    while (left > 0) {
      fill(Math.toIntExact(Math.min(left + rest(), Integer.MAX_VALUE - 8)));
    }
    ended = true;
    int begin = window.offset() + position;
    return new FrameReader.Corrupt(
        new Slice(window.array(), begin, window.length() - position), reason);
  }

  private boolean frameIsLongerThanFile() {
    if (rest() < 8) {
      return false;
    }
    int length = intAt(position);
    return length < 0 || length > left + rest() - 8;
  }

  private void refill() throws IOException {
    int wanted = rest() >= 8 ? Math.max(WINDOW, intAt(position) + 8) : WINDOW;
    fill((int) Math.min(wanted, left + rest()));
  }

  /** Moves the unread bytes to the front of a new array of {@code size} bytes and reads on. */
  private void fill(int size) throws IOException {
    byte[] next = new byte[size];
    int kept = rest();
    System.arraycopy(window.array(), position, next, 0, kept);
    ByteBuffer into = ByteBuffer.wrap(next, kept, size - kept);
    while (into.hasRemaining() && left > 0) {
      int read = channel.read(into);
      left = read < 0 ? 0 : left - read;
    }
    reads++;
    restart(new Slice(next, 0, into.position()), 0);
  }

  private void restart(Slice bytes, int at) {
    window = bytes;
    position = at;
    frames = new FrameReader(new Slice(bytes.array(), at, bytes.length() - at));
  }

  private int rest() {
    return window.length() - position;
  }

  private int intAt(int at) {
    return ByteBuffer.wrap(window.array()).getInt(at);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
