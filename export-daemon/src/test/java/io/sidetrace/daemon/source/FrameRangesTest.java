package io.sidetrace.daemon.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FrameRangesTest {

  @Test
  void decode_givesBackWhatWasEncoded() {
    BitSet frames = of(1, 2, 3, 7, 9, 10, 4_000);

    byte[] ranges = FrameRanges.encode(frames);

    assertThat(ranges).hasSize(4 * FrameRanges.RANGE_BYTES);
    assertThat(FrameRanges.decode(ranges)).isEqualTo(frames);
  }

  @Test
  void decode_leavesOutWhatIsCutOrMakesNoSense() {
    ByteBuffer ranges =
        ByteBuffer.allocate(45)
            .putInt(3)
            .putInt(4)
            .putInt(0)
            .putInt(Integer.MAX_VALUE)
            .putInt(-1)
            .putInt(5)
            .putInt(6)
            .putInt(5)
            .putInt(8)
            .putInt(8)
            .putInt(9);

    assertThat(FrameRanges.decode(ranges.array())).isEqualTo(of(3, 4, 8));
  }

  private static BitSet of(int... frames) {
    BitSet set = new BitSet();
    IntStream.of(frames).forEach(set::set);
    return set;
  }
}
