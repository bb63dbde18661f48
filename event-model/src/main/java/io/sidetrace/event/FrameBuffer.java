package io.sidetrace.event;

import java.util.Arrays;

/** A growing array that can be written back to. */
final class FrameBuffer {
  private static final int INITIAL_BYTES = 1 << 14;

  private byte[] array;
  private int size;

  FrameBuffer() {
    this(INITIAL_BYTES);
  }

  FrameBuffer(int bytes) {
    array = new byte[bytes];
  }

  void write(int b) {
    reserve(1);
    array[size++] = (byte) b;
  }

  void write(byte[] bytes, int offset, int length) {
    reserve(length);
    System.arraycopy(bytes, offset, array, size, length);
    size += length;
  }

  /** The array, with so many bytes free behind the last; {@link #cut} says how many were used. */
  byte[] room(int bytes) {
    reserve(bytes);
    return array;
  }

  /** Leaves room to be filled by {@link #putInt}. */
  void skip(int bytes) {
    reserve(bytes);
    size += bytes;
  }

  void putInt(int at, int value) {
    array[at] = (byte) (value >>> 24);
    array[at + 1] = (byte) (value >>> 16);
    array[at + 2] = (byte) (value >>> 8);
    array[at + 3] = (byte) value;
  }

  byte[] array() {
    return array;
  }

  int size() {
    return size;
  }

  /** Ends here from now on. */
  void cut(int newSize) {
    size = newSize;
  }

  void dropFirst(int bytes) {
    size -= bytes;
    System.arraycopy(array, bytes, array, 0, size);
  }

  void clear(int keepBytes) {
    size = 0;
    if (array.length > keepBytes) {
      array = new byte[Math.min(keepBytes, INITIAL_BYTES)];
    }
  }

  private void reserve(int more) {
    int needed = Math.addExact(size, more);
    if (needed > array.length) {
      array = Arrays.copyOf(array, (int) Math.max(needed, Math.min(2L * array.length, 1 << 30)));
    }
  }
}
