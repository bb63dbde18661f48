package io.sidetrace.agent.api;

import java.util.Arrays;

/**
 * Where each chunk of a response begins and when it came: what the daemon finds the first token by.
 * Written by one thread at a time.
 */
final class Chunks {
  /** Notes nothing. */
  static final Chunks NONE = new Chunks(0);

  /** Later chunks count to the last one noted: first-token times need only the early ones. */
  private static final int MAX = 1024;

  private long[] pairs;
  private int length;

  Chunks() {
    this(8);
  }

  private Chunks(int room) {
    pairs = new long[room];
  }

  /**
   * @param micros after the call began
   */
  void note(long offset, long micros) {
    if (length == 2 * MAX || this == NONE) {
      return;
    }
    if (length == pairs.length) {
      pairs = Arrays.copyOf(pairs, length * 2);
    }
    pairs[length] = offset;
    pairs[length + 1] = micros;
    length += 2;
  }

  /** What the array takes in memory, used or not. */
  long heldBytes() {
    return Long.BYTES * (long) pairs.length;
  }

  /** See {@code Event.chunks}. */
  long[] toArray() {
    return Arrays.copyOf(pairs, Math.min(length, pairs.length));
  }
}
