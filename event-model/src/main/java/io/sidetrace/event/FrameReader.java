package io.sidetrace.event;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Walks the frames of a segment or a stream entry, in place. See {@link FrameEncoder} for the
 * layout. A frame that is cut or changed is handed out as such and costs no other frame. Not
 * thread-safe.
 */
public final class FrameReader {

  /** A frame as it lies in the file. {@code bytes} is all of it, for a dead letter. */
  public sealed interface Item {
    Slice bytes();
  }

  /** The parts of a frame whose checksum is right; the event is still JSON. */
  public record Whole(Slice bytes, Slice event, Slice request, Slice response) implements Item {}

  /** A frame whose bytes are not what was written. */
  public record Corrupt(Slice bytes, String reason) implements Item {}

  private final byte[] array;
  private final int end;
  private final CRC32C crc = new CRC32C();
  private int position;
  private boolean cut;

  public FrameReader(Slice frames) {
    this.array = frames.array();
    this.position = frames.offset();
    this.end = frames.offset() + frames.length();
  }

  /** Of a whole segment; one whose writer did not even get through its head has no frames. */
  public static FrameReader ofSegment(byte[] segment) {
    int head = Math.min(Integer.BYTES, segment.length);
    return new FrameReader(new Slice(segment, head, segment.length - head));
  }

  /**
   * @return null after the last whole frame; {@link #cut} then tells whether bytes follow it
   */
  public @Nullable Item next() {
    int left = end - position;
    if (left < FrameEncoder.HEAD_BYTES) {
      cut = left > 0;
      return null;
    }
    ByteBuffer head = ByteBuffer.wrap(array, position, FrameEncoder.HEAD_BYTES);
    int length = head.getInt();
    int sum = head.getInt();
    if (length < 0 || length > left - FrameEncoder.HEAD_BYTES) {
      cut = true;
      return null;
    }
    int body = position + FrameEncoder.HEAD_BYTES;
    Slice bytes = new Slice(array, position, FrameEncoder.HEAD_BYTES + length);
    position = body + length;
    crc.reset();
    crc.update(array, body, length);
    if ((int) crc.getValue() != sum) {
      return new Corrupt(bytes, "checksum differs: the bytes changed after they were written");
    }
    return parts(bytes, body, length);
  }

  /** True once {@link #next} gave null with bytes left that are no whole frame. */
  public boolean cut() {
    return cut;
  }

  /** Where the next frame begins in the array. */
  public int position() {
    return position;
  }

  private Item parts(Slice bytes, int body, int length) {
    int end = body + length;
    if (length < 9) {
      return new Corrupt(bytes, "frame of " + length + " bytes is too short to hold an event");
    }
    if (array[body] != FrameEncoder.VERSION) {
      return new Corrupt(
          bytes, "frame version " + array[body] + "; " + FrameEncoder.VERSION + " is known here");
    }
    int event = body + 5;
    int eventLength = ByteBuffer.wrap(array).getInt(body + 1);
    if (eventLength < 0 || eventLength > end - event - 4) {
      return new Corrupt(bytes, "event length " + eventLength + " is past the frame's end");
    }
    int request = event + eventLength + 4;
    int requestLength = ByteBuffer.wrap(array).getInt(request - 4);
    if (requestLength < 0 || requestLength > end - request) {
      return new Corrupt(bytes, "request length " + requestLength + " is past the frame's end");
    }
    int response = request + requestLength;
    return new Whole(
        bytes,
        new Slice(array, event, eventLength),
        new Slice(array, request, requestLength),
        new Slice(array, response, end - response));
  }
}
