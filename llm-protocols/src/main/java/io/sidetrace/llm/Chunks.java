package io.sidetrace.llm;

import java.util.Arrays;

/**
 * When the bytes of a response arrived: chunk {@code i} begins at wire offset {@code offsets[i]}
 * and arrived {@code micros[i]} microseconds after the start of the call.
 *
 * <p>Offsets count the bytes on the wire, before decompression, and ascend.
 */
public final class Chunks {
  public static final Chunks NONE = new Chunks(new int[0], new long[0]);

  private final int[] offsets;
  private final long[] micros;

  private Chunks(int[] offsets, long[] micros) {
    this.offsets = offsets;
    this.micros = micros;
  }

  /**
   * Chunks that begin at {@code offsets} and arrived at {@code micros}.
   *
   * @throws IllegalArgumentException if the arrays differ in length or the offsets do not ascend
   */
  public static Chunks of(int[] offsets, long[] micros) {
    if (offsets.length != micros.length) {
      throw new IllegalArgumentException(
          offsets.length + " chunk offsets but " + micros.length + " times; give one of each");
    }
    for (int i = 0; i < offsets.length; i++) {
      if (offsets[i] < (i == 0 ? 0 : offsets[i - 1])) {
        throw new IllegalArgumentException("chunk offset " + offsets[i] + " is out of order");
      }
    }
    return new Chunks(offsets.clone(), micros.clone());
  }

  public int size() {
    return offsets.length;
  }

  /** Offset of the first byte of chunk {@code i}. */
  public int offset(int i) {
    return offsets[i];
  }

  /** Arrival of chunk {@code i}, in microseconds after the start of the call. */
  public long micros(int i) {
    return micros[i];
  }

  /** The chunk in which the byte at {@code wireOffset} stands, -1 when there are no chunks. */
  public int indexOf(int wireOffset) {
    int found = Arrays.binarySearch(offsets, wireOffset);
    if (found < 0) {
      return offsets.length == 0 ? -1 : Math.max(0, -found - 2);
    }
    // Empty chunks share an offset; the byte stands in the last of them.
    while (found + 1 < offsets.length && offsets[found + 1] == wireOffset) {
      found++;
    }
    return found;
  }
}
