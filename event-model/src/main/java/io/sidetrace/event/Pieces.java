package io.sidetrace.event;

/**
 * Bytes in one array or several, handed on without a copy: a body that came in chunks, whose length
 * nobody knew. Whoever holds it must not write to them.
 */
public final class Pieces {
  public static final Pieces NONE = new Pieces(new byte[0][], 0, 0, 0);

  private final byte[][] arrays;
  private final int count;
  private final int offset;
  private final int length;

  private Pieces(byte[][] arrays, int count, int offset, int length) {
    this.arrays = arrays;
    this.count = count;
    this.offset = offset;
    this.length = length;
  }

  public static Pieces of(Slice slice) {
    return slice.length() == 0
        ? NONE
        : new Pieces(new byte[][] {slice.array()}, 1, slice.offset(), slice.length());
  }

  /**
   * The first {@code length} bytes of the first arrays, or as many as they have.
   *
   * @param arrays may be longer than {@code count}; what is behind is not looked at
   */
  public static Pieces of(byte[][] arrays, int count, int length) {
    long there = 0;
    for (int i = 0; i < count; i++) {
      there += arrays[i].length;
    }
    return new Pieces(arrays, count, 0, (int) Math.min(length, there));
  }

  public int length() {
    return length;
  }

  /** What the arrays take in memory, used or not. */
  public long heldBytes() {
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      bytes += arrays[i].length;
    }
    return bytes;
  }

  void appendTo(FrameBuffer buffer) {
    int from = offset;
    int left = length;
    for (int i = 0; i < count; i++) {
      int part = Math.min(left, arrays[i].length - from);
      buffer.write(arrays[i], from, part);
      from = 0;
      left -= part;
    }
  }

  /** All in one: the only array there is, or a copy. */
  public Slice joined() {
    if (length == 0) {
      return Slice.EMPTY;
    }
    if (count == 1) {
      return new Slice(arrays[0], offset, length);
    }
    FrameBuffer all = new FrameBuffer(length);
    appendTo(all);
    return Slice.of(all.array());
  }

  public byte[] toBytes() {
    return joined().toBytes();
  }

  public String toUtf8() {
    return joined().toUtf8();
  }
}
