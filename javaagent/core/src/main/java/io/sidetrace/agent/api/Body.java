package io.sidetrace.agent.api;

import io.sidetrace.event.Event.BodySize;
import io.sidetrace.event.Slice;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The first bytes of a body that passes by, up to a bound, and its whole size. Written by one
 * thread at a time.
 *
 * <p>A reader may see the body while a last chunk is still being written, when a call is cancelled
 * from another thread: it then reads a true prefix.
 */
final class Body {
  private static final int FIRST_BYTES = 1024;

  private final int maxBytes;
  private byte[] bytes = Slice.EMPTY.array();
  private int captured;
  private long size;

  Body(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** For a body that may not have been seen. */
  static Slice sliceOf(@Nullable Body body) {
    return body == null ? Slice.EMPTY : body.slice();
  }

  /** For a body that may not have been seen; null if it was not. */
  static @Nullable BodySize sizesOf(@Nullable Body body, boolean closedEarly) {
    return body == null ? null : body.sizes(closedEarly);
  }

  /** Makes room at once for a body whose length is told beforehand. */
  void expect(long length) {
    if (length > bytes.length) {
      grow((int) Math.min(length, maxBytes));
    }
  }

  /** Forgets what was added. A slice taken before stays as it is. */
  void clear() {
    bytes = Slice.EMPTY.array();
    captured = 0;
    size = 0;
  }

  void add(byte[] from, int offset, int length) {
    int part = room(length);
    if (part > 0) {
      System.arraycopy(from, offset, bytes, captured, part);
      captured += part;
    }
  }

  /** Copies what remains in {@code from}, whose position stays. */
  void add(ByteBuffer from) {
    int part = room(from.remaining());
    if (part > 0) {
      from.get(from.position(), bytes, captured, part);
      captured += part;
    }
  }

  void add(byte single) {
    if (room(1) > 0) {
      bytes[captured++] = single;
    }
  }

  long size() {
    return size;
  }

  int captured() {
    return captured;
  }

  Slice slice() {
    int length = captured;
    byte[] array = bytes;
    return length == 0 ? Slice.EMPTY : new Slice(array, 0, Math.min(length, array.length));
  }

  /** For a body whose type nobody told: gives it up if its beginning does not read as text. */
  void keepOnlyText() {
    int end = Math.min(captured, FIRST_BYTES);
    for (int i = 0; i < end; i++) {
      byte b = bytes[i];
      if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t') {
        captured = 0;
        bytes = Slice.EMPTY.array();
        return;
      }
    }
  }

  BodySize sizes(boolean closedEarly) {
    return new BodySize(size, size > captured, closedEarly);
  }

  /** Counts {@code length} bytes and makes room for those still within the bound. */
  private int room(int length) {
    size += length;
    int part = Math.min(length, maxBytes - captured);
    if (part > bytes.length - captured) {
      grow(Math.min(maxBytes, Math.max(captured + part, Math.max(FIRST_BYTES, bytes.length * 2))));
    }
    return part;
  }

  private void grow(int length) {
    bytes = Arrays.copyOf(bytes, length);
  }
}
