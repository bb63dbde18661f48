package io.sidetrace.llm.spi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds what ends or interrupts the text of JSON strings, eight bytes at a time. */
final class Quotes {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long QUOTES = ONES * '"';
  private static final long ESCAPES = ONES * '\\';

  private Quotes() {}

  /** Index of the first quote or backslash; {@code end} when there is none. */
  static int find(byte[] bytes, int from, int end) {
    int at = from;
    // Two words a turn while there is neither, since most of a long text has neither.
    for (; at + 2 * Long.BYTES <= end; at += 2 * Long.BYTES) {
      long one = (long) LONGS.get(bytes, at);
      long two = (long) LONGS.get(bytes, at + Long.BYTES);
      long found =
          zeros(one ^ QUOTES) | zeros(one ^ ESCAPES) | zeros(two ^ QUOTES) | zeros(two ^ ESCAPES);
      if (found != 0) {
        break;
      }
    }
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      long word = (long) LONGS.get(bytes, at);
      long found = zeros(word ^ QUOTES) | zeros(word ^ ESCAPES);
      if (found != 0) {
        return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
      }
    }
    while (at < end && bytes[at] != '"' && bytes[at] != '\\') {
      at++;
    }
    return Math.max(at, Math.min(from, end));
  }

  /** The high bit of each byte that is zero; above the lowest of them also of some that are not. */
  private static long zeros(long word) {
    return (word - ONES) & ~word & HIGHS;
  }
}
