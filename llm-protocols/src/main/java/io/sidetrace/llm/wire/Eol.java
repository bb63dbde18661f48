package io.sidetrace.llm.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds ends of lines, eight bytes at a time: most of a stream's bytes are looked at only here. */
final class Eol {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long LF = ONES * '\n';
  private static final long CR = ONES * '\r';

  private Eol() {}

  /** Index of the first LF or CR in {@code bytes[from, to)}; {@code to} when there is none. */
  static int find(byte[] bytes, int from, int to) {
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      long word = (long) LONGS.get(bytes, at);
      long found = zeros(word ^ LF) | zeros(word ^ CR);
      if (found != 0) {
        return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
      }
    }
    while (at < to && bytes[at] != '\n' && bytes[at] != '\r') {
      at++;
    }
    return at;
  }

  /** The high bit of each byte that is zero; above the lowest of them also of some that are not. */
  private static long zeros(long word) {
    return (word - ONES) & ~word & HIGHS;
  }
}
