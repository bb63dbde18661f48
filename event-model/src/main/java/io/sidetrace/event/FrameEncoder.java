package io.sidetrace.event;

import java.util.zip.CRC32C;

/**
 * Appends frames to a buffer of its own, as a spool segment and a stream entry hold them. Integers
 * are big-endian; {@code length} and {@code crc32c} cover all that follows them.
 *
 * <pre>
 * frame := length u32 · crc32c u32 · version u8 · event length u32 · event JSON
 *          · request length u32 · request bytes · response bytes
 * </pre>
 *
 * Not thread-safe.
 */
public final class FrameEncoder {
  /** Length and checksum, before what they cover. */
  public static final int HEAD_BYTES = 8;

  static final byte VERSION = 1;

  private final FrameBuffer buffer = new FrameBuffer();
  private final EventWriter events = new EventWriter(buffer);
  private final CRC32C crc = new CRC32C();

  /**
   * Adds a frame behind those already there. Whatever is thrown, the buffer is as before.
   *
   * @param sequence written in place of the event's own; negative: none
   * @return the frame's size in bytes
   */
  public int append(Frame frame, long sequence) {
    int start = buffer.size();
    boolean whole = false;
    try {
      begin();
      events.write(frame.event(), sequence);
      endEvent(start, frame.request().length());
      frame.request().appendTo(buffer);
      frame.response().appendTo(buffer);
      end(start);
      whole = true;
      return buffer.size() - start;
    } finally {
      if (!whole) {
        buffer.cut(start);
      }
    }
  }

  /**
   * Adds a frame whose event is JSON already.
   *
   * @return the frame's size in bytes
   */
  public int append(Slice eventJson, Slice request, Slice response) {
    int start = buffer.size();
    begin();
    write(eventJson);
    endEvent(start, request.length());
    write(request);
    write(response);
    end(start);
    return buffer.size() - start;
  }

  private void begin() {
    buffer.skip(HEAD_BYTES);
    buffer.write(VERSION);
    buffer.skip(4);
  }

  private void endEvent(int start, int requestLength) {
    int event = start + HEAD_BYTES + 5;
    buffer.putInt(event - 4, buffer.size() - event);
    buffer.skip(4);
    buffer.putInt(buffer.size() - 4, requestLength);
  }

  private void end(int start) {
    int body = start + HEAD_BYTES;
    crc.reset();
    crc.update(buffer.array(), body, buffer.size() - body);
    buffer.putInt(start, buffer.size() - body);
    buffer.putInt(start + 4, (int) crc.getValue());
  }

  private void write(Slice bytes) {
    buffer.write(bytes.array(), bytes.offset(), bytes.length());
  }

  /** What was appended since the last {@link #clear}; valid until the next call. */
  public Slice bytes() {
    return new Slice(buffer.array(), 0, buffer.size());
  }

  /** Some of them; valid until the next call. */
  public Slice bytes(int offset, int length) {
    return new Slice(buffer.array(), offset, length);
  }

  /** Forgets the first bytes, which must be whole frames. */
  public void dropFirst(int bytes) {
    buffer.dropFirst(bytes);
  }

  public int size() {
    return buffer.size();
  }

  /** Forgets the frames; keeps the memory up to {@code keepBytes}. */
  public void clear(int keepBytes) {
    buffer.clear(keepBytes);
  }
}
