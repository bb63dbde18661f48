package io.sidetrace.daemon.source;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Numbers of frames as bytes, for notes of what is settled.
 *
 * <pre>
 * ranges := range*
 * range  := first frame u32 · last frame u32      (counted from 0, big-endian)
 * </pre>
 */
final class FrameRanges {
  static final int RANGE_BYTES = 8;

  /** More frames than fit into a segment or an entry: a note that speaks of them is none. */
  private static final int MAX_FRAMES = 1 << 24;

  private FrameRanges() {}

  static byte[] encode(BitSet frames) {
    ByteBuffer ranges = ByteBuffer.allocate(RANGE_BYTES * frames.cardinality());
    for (int first = frames.nextSetBit(0); first >= 0; ) {
      int end = frames.nextClearBit(first);
      ranges.putInt(first).putInt(end - 1);
      first = frames.nextSetBit(end);
    }
    return Arrays.copyOf(ranges.array(), ranges.position());
  }

  /** A range that was cut by a crash, or makes no sense, is left out. */
  static BitSet decode(byte[] bytes) {
    ByteBuffer ranges = ByteBuffer.wrap(bytes);
    BitSet frames = new BitSet();
    while (ranges.remaining() >= RANGE_BYTES) {
      int first = ranges.getInt();
      int last = ranges.getInt();
      if (first >= 0 && last >= first && last < MAX_FRAMES) {
        frames.set(first, last + 1);
      }
    }
    return frames;
  }
}
