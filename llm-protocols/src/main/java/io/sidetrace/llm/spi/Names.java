package io.sidetrace.llm.spi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Field names as strings. Protocols use a few hundred, again and again, so the last seen of each
 * slot is kept: making a string and its hash anew costs more than all else about a field.
 *
 * <p>Threads share the slots without synchronisation. An immutable object is safe to publish by a
 * race, each hit is compared, and a lost write costs one string.
 */
final class Names {
  private static final int SLOTS = 4096;
  private static final int MAX_BYTES = 40;
  private static final @Nullable Name[] SEEN = new Name[SLOTS];

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** A name, with its first and last eight bytes: up to sixteen bytes these are all of it. */
  private record Name(long first, long last, byte[] bytes, String text) {
    boolean is(long otherFirst, long otherLast, byte[] other, int from, int to) {
      int length = to - from;
      return first == otherFirst
          && last == otherLast
          && bytes.length == length
          && (length <= 2 * Long.BYTES || Arrays.equals(bytes, 0, length, other, from, to));
    }
  }

  private Names() {}

  static String of(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length > MAX_BYTES) {
      return new String(bytes, from, length, StandardCharsets.UTF_8);
    }
    boolean isLong = length >= Long.BYTES;
    long first = isLong ? (long) LONGS.get(bytes, from) : few(bytes, from, to);
    long last = isLong ? (long) LONGS.get(bytes, to - Long.BYTES) : 0;
    long hash = (first ^ Long.rotateLeft(last, 29)) * 0x9E3779B97F4A7C15L + length;
    int slot = (int) (hash >>> 40) & (SLOTS - 1);
    Name seen = SEEN[slot];
    if (seen != null && !seen.is(first, last, bytes, from, to)) {
      // Two names may share a slot for good, so each has a second one.
      slot ^= 1;
      seen = SEEN[slot];
    }
    if (seen != null && seen.is(first, last, bytes, from, to)) {
      return seen.text;
    }
    String text = new String(bytes, from, length, StandardCharsets.UTF_8);
    SEEN[slot] = new Name(first, last, Arrays.copyOfRange(bytes, from, to), text);
    return text;
  }

  /** Less than eight bytes as one number. */
  private static long few(byte[] bytes, int from, int to) {
    if (from + Long.BYTES <= bytes.length) {
      return (long) LONGS.get(bytes, from) & ((1L << ((to - from) * Byte.SIZE)) - 1);
    }
    long few = 0;
    for (int i = to - 1; i >= from; i--) {
      few = few << Byte.SIZE | (bytes[i] & 0xff);
    }
    return few;
  }
}
