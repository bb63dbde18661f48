package io.sidetrace.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Part of an array, handed on without a copy. Whoever holds it must not write to the array. */
public record Slice(byte[] array, int offset, int length) {

  public static final Slice EMPTY = new Slice(new byte[0], 0, 0);

  public Slice {
    if (offset < 0 || length < 0 || offset > array.length - length) {
      throw new IndexOutOfBoundsException(
          "slice " + offset + "+" + length + " of " + array.length + " bytes");
    }
  }

  public static Slice of(byte[] bytes) {
    return new Slice(bytes, 0, bytes.length);
  }

  public static Slice ofUtf8(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The array itself if the slice spans it, a copy otherwise. */
  public byte[] toBytes() {
    return length == array.length ? array : Arrays.copyOfRange(array, offset, offset + length);
  }

  public String toUtf8() {
    return new String(array, offset, length, StandardCharsets.UTF_8);
  }
}
