package io.sidetrace.agent.api;

import io.sidetrace.event.Event.BodySize;
import io.sidetrace.event.Pieces;
import io.sidetrace.event.Slice;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The first bytes of a body that passes by, up to a bound, and its whole size. Written by one
 * thread at a time.
 *
 * <p>A body of unknown length is kept in pieces, each a quarter of what is there already: one array
 * that doubles would be copied again and again, and take three times the bytes on average.
 *
 * <p>A reader may see the body while a last chunk is still being written, when a call is cancelled
 * from another thread: it then reads a true prefix.
 */
final class Body {
  private static final int FIRST_BYTES = 1024;
  private static final int LARGEST_PIECE = 8192;
  private static final byte[][] NOTHING = {};

  private final int maxBytes;
  private byte[][] pieces = NOTHING;
  private int count;
  private byte[] last = Slice.EMPTY.array();
  private int lastUsed;
  private int captured;
  private int held;
  private int expected;
  private long size;

  Body(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** For a body that may not have been seen. */
  static long heldBytesOf(@Nullable Body body) {
    return body == null ? 0 : body.heldBytes();
  }

  /** For a body that may not have been seen. */
  static Pieces piecesOf(@Nullable Body body) {
    return body == null ? Pieces.NONE : body.pieces();
  }

  /** For a body that may not have been seen; null if it was not. */
  static @Nullable BodySize sizesOf(@Nullable Body body, boolean closedEarly) {
    return body == null ? null : body.sizes(closedEarly);
  }

  /** For a body that may not have been seen; null if it was not. */
  static @Nullable Body droppedOf(@Nullable Body body) {
    return body == null ? null : body.dropped();
  }

  /** Another of the same size that kept nothing. */
  Body dropped() {
    var dropped = new Body(0);
    dropped.size = size;
    return dropped;
  }

  /**
   * Makes the first piece as long as a body whose length is told beforehand, once a byte of it
   * comes: some clients tell it again at every step of a call.
   *
   * @param length -1 if unknown
   */
  void expect(long length) {
    expected = (int) Math.min(length, maxBytes);
  }

  /** Forgets what was added. What was taken before stays as it is. */
  void clear() {
    forget();
    size = 0;
  }

  private void forget() {
    pieces = NOTHING;
    count = 0;
    last = Slice.EMPTY.array();
    lastUsed = 0;
    captured = 0;
    held = 0;
    expected = 0;
  }

  void add(byte[] from, int offset, int length) {
    int left = take(length);
    int at = offset;
    while (left > 0) {
      int part = room(left);
      System.arraycopy(from, at, last, lastUsed, part);
      used(part);
      at += part;
      left -= part;
    }
  }

  /** Copies what remains in {@code from}, whose position stays. */
  void add(ByteBuffer from) {
    int left = take(from.remaining());
    int at = from.position();
    while (left > 0) {
      int part = room(left);
      from.get(at, last, lastUsed, part);
      used(part);
      at += part;
      left -= part;
    }
  }

  void add(byte single) {
    if (take(1) > 0) {
      room(1);
      last[lastUsed] = single;
      used(1);
    }
  }

  long size() {
    return size;
  }

  int captured() {
    return captured;
  }

  /** What the pieces take in memory, used or not. */
  long heldBytes() {
    return held;
  }

  Pieces pieces() {
    byte[][] arrays = pieces;
    int arraysThere = Math.min(count, arrays.length);
    return captured == 0 ? Pieces.NONE : Pieces.of(arrays, arraysThere, captured);
  }

  /** All in one array, copied together if it lies in several. */
  Slice slice() {
    return pieces().joined();
  }

  /** For a body whose type nobody told: gives it up if its beginning does not read as text. */
  void keepOnlyText() {
    byte[] first = count == 0 ? last : pieces[0];
    int end = Math.min(Math.min(captured, FIRST_BYTES), first.length);
    for (int i = 0; i < end; i++) {
      byte b = first[i];
      if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t') {
        forget();
        return;
      }
    }
  }

  BodySize sizes(boolean closedEarly) {
    return new BodySize(size, size > captured, closedEarly);
  }

  /** Counts {@code length} bytes; returns how many of them are still within the bound. */
  private int take(int length) {
    size += length;
    return Math.min(length, maxBytes - captured);
  }

  /** How many of {@code wanted} bytes fit into the last piece, which is a new one if it is full. */
  private int room(int wanted) {
    if (lastUsed == last.length) {
      int fitting =
          captured == 0 && expected > 0
              ? expected
              : Math.max(FIRST_BYTES, Math.min(captured / 4, LARGEST_PIECE));
      append(Math.min(maxBytes - captured, Math.max(wanted, fitting)));
    }
    return Math.min(wanted, last.length - lastUsed);
  }

  private void used(int bytes) {
    lastUsed += bytes;
    captured += bytes;
  }

  private void append(int length) {
    last = new byte[length];
    held += length;
    lastUsed = 0;
    if (count == pieces.length) {
      // Not Arrays.copyOf: until C2 comes, it asks the JVM for the type of the elements.
      byte[][] more = new byte[count == 0 ? 1 : count * 2][];
      System.arraycopy(pieces, 0, more, 0, count);
      pieces = more;
    }
    pieces[count++] = last;
  }
}
