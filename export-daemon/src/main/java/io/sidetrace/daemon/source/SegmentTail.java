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

/**
 * Follows a segment while its agent writes it. The file stays open, so what is written can be read
 * to its end even if the daemon deletes it meanwhile.
 */
final class SegmentTail implements Closeable {
  private static final int WINDOW = 256 << 10;
  private static final int MAGIC_BYTES = 4;

  /** Nobody waits for what becomes of a frame that is only looked at. */
  private static final Receipt NONE =
      new Receipt() {
        @Override
        public void settled() {}

        @Override
        public void returned(Again when) {}
      };

  private final FileChannel channel;
  private final long passOver;
  private byte[] rest = new byte[0];
  private long restAt = MAGIC_BYTES;

  /**
   * @param passOver true if what is in the file already is not wanted
   */
  SegmentTail(Path file, boolean passOver) throws IOException {
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
    this.passOver = passOver ? channel.size() : 0;
    channel.position(MAGIC_BYTES);
  }

  /**
   * Hands on the whole frames that came since the last call.
   *
   * @return false if none came
   */
  boolean read(Intake to) throws IOException {
    long left = channel.size() - channel.position();
    if (left <= 0) {
      return false;
    }
    byte[] bytes = new byte[rest.length + (int) Math.min(left, WINDOW)];
    System.arraycopy(rest, 0, bytes, 0, rest.length);
    ByteBuffer into = ByteBuffer.wrap(bytes, rest.length, bytes.length - rest.length);
    if (channel.read(into) <= 0) {
      return false;
    }
    FrameReader frames = new FrameReader(new Slice(bytes, 0, into.position()));
    for (FrameReader.Item item = frames.next(); item != null; item = frames.next()) {
      boolean wanted = restAt + frames.position() > passOver;
      if (wanted && item instanceof FrameReader.Whole whole) {
        to.deliver(
            new Delivery(
                whole.bytes(), whole.event(), whole.request(), whole.response(), NONE, false));
      }
    }
    int read = frames.position();
    restAt += read;
    rest = new byte[into.position() - read];
    System.arraycopy(bytes, read, rest, 0, rest.length);
    return true;
  }

  static boolean isSegment(Path file) {
    String name = file.toString();
    return name.endsWith(Spool.OPEN) || name.endsWith(Spool.CLOSED);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
