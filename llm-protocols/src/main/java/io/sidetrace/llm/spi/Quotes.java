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

  /** A text that goes on for so many bytes will go on for more. */
  private static final int LONG_TEXT = 64;

  private Quotes() {}

  /** Index of the first quote or backslash; {@code end} when there is none. */
  static int find(byte[] bytes, int from, int end) {
    int at = from;
    int near = Math.min(end, from + LONG_TEXT) - Long.BYTES;
    for (; at <= near; at += Long.BYTES) {
      long found = marks((long) LONGS.get(bytes, at));
      if (found != 0) {
        return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
      }
    }
    for (at = skipFourWords(bytes, at, end); at <= end - Long.BYTES; at += Long.BYTES) {
      long found = marks((long) LONGS.get(bytes, at));
      if (found != 0) {
        return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
      }
    }
    while (at < end && bytes[at] != '"' && bytes[at] != '\\') {
      at++;
    }
    return Math.max(at, Math.min(from, end));
  }

  /** Passes over words without either, four at a time, since most of a long text has neither. */
  private static int skipFourWords(byte[] bytes, int from, int end) {
    int at = from;
    for (; at <= end - 4 * Long.BYTES; at += 4 * Long.BYTES) {
      long found =
          marks((long) LONGS.get(bytes, at))
              | marks((long) LONGS.get(bytes, at + Long.BYTES))
              | marks((long) LONGS.get(bytes, at + 2 * Long.BYTES))
              | marks((long) LONGS.get(bytes, at + 3 * Long.BYTES));
      if (found != 0) {
        break;
      }
    }
    return at;
  }

  private static long marks(long word) {
    return zeros(word ^ QUOTES) | zeros(word ^ ESCAPES);
  }

  /** The high bit of each byte that is zero; above the lowest of them also of some that are not. */
  private static long zeros(long word) {
    return (word - ONES) & ~word & HIGHS;
  }
}
