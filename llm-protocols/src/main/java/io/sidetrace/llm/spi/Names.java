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

  private record Name(byte[] bytes, String text) {
    boolean is(byte[] other, int from, int to) {
      return Arrays.equals(bytes, 0, bytes.length, other, from, to);
    }
  }

  private Names() {}

  static String of(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length > MAX_BYTES) {
      return new String(bytes, from, length, StandardCharsets.UTF_8);
    }
    int slot = slot(bytes, from, to);
    Name seen = SEEN[slot];
    if (seen != null && !seen.is(bytes, from, to)) {
      // Two names may share a slot for good, so each has a second one.
      slot ^= 1;
      seen = SEEN[slot];
    }
    if (seen != null && seen.is(bytes, from, to)) {
      return seen.text;
    }
    String text = new String(bytes, from, length, StandardCharsets.UTF_8);
    SEEN[slot] = new Name(Arrays.copyOfRange(bytes, from, to), text);
    return text;
  }

  /** Of the length and the first and last eight bytes, in which names differ. */
  private static int slot(byte[] bytes, int from, int to) {
    long hash = (long) to - from;
    if (to - from >= Long.BYTES) {
      hash += (long) LONGS.get(bytes, from) * 0x9E3779B97F4A7C15L;
      hash ^= (long) LONGS.get(bytes, to - Long.BYTES) * 0xC2B2AE3D27D4EB4FL;
    } else {
      for (int i = from; i < to; i++) {
        hash = hash * 31 + bytes[i];
      }
      hash *= 0x9E3779B97F4A7C15L;
    }
    return (int) (hash >>> 40) & (SLOTS - 1);
  }
}
