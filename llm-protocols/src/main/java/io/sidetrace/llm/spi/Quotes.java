package io.sidetrace.llm.spi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds the end of JSON strings that have no escapes, eight bytes at a time. */
final class Quotes {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long QUOTES = ONES * '"';
  private static final long ESCAPES = ONES * '\\';

  private Quotes() {}

  /** Index of the closing quote; -1 when an escape or {@code end} comes first. */
  static int plainEnd(byte[] bytes, int from, int end) {
    int at = from;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      long word = (long) LONGS.get(bytes, at);
      long found = zeros(word ^ QUOTES) | zeros(word ^ ESCAPES);
      if (found != 0) {
        at += Long.numberOfTrailingZeros(found) / Byte.SIZE;
        return bytes[at] == '"' ? at : -1;
      }
    }
    for (; at < end; at++) {
      if (bytes[at] == '"') {
        return at;
      }
      if (bytes[at] == '\\') {
        return -1;
      }
    }
    return -1;
  }

  /** The high bit of each byte that is zero; above the lowest of them also of some that are not. */
  private static long zeros(long word) {
    return (word - ONES) & ~word & HIGHS;
  }
}
