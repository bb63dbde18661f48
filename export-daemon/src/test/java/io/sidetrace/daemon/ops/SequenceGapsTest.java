package io.sidetrace.daemon.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SequenceGapsTest {
  private static final long SECOND = 1_000_000_000L;

  private final SequenceGaps gaps = new SequenceGaps(Duration.ofSeconds(10));

  @Test
  void gap_isReported_onceItIsOldEnough() {
    see(0, 1, 2);
    see(0, 5, 6);

    assertThat(gaps.gaps(9 * SECOND)).isEmpty();
    assertThat(gaps.gaps(12 * SECOND))
        .containsExactly(new SequenceGaps.Gap("a", 3, 4, Duration.ofSeconds(12)));
    assertThat(gaps.missing(12 * SECOND)).isEqualTo(2);
  }

  @Test
  void gap_isGone_onceItIsFilled() {
    see(0, 1, 4, 9);
    see(11, 2, 3);
    see(12, 6);

    assertThat(gaps.gaps(13 * SECOND))
        .extracting(gap -> gap.first() + "-" + gap.last() + " " + gap.age().toSeconds())
        .containsExactly("5-5 13", "7-8 13");
  }

  @Test
  void repeats_andOrder_doNotMatter() {
    List<Long> numbers = new ArrayList<>();
    for (long i = 0; i < 200; i++) {
      numbers.add(i);
      numbers.add(i);
    }
    Collections.shuffle(numbers, new Random(7));
    see(0, 0);
    numbers.forEach(number -> see(0, number));

    assertThat(gaps.missing(60 * SECOND)).isZero();
  }

  @Test
  void nothingIsClaimed_ofWhatMayHaveGoneElsewhere() {
    see(0, 1);
    gaps.seen("a", 10, false, 0);
    see(0, 11, 13);
    gaps.seen("a", 20, false, 0);

    assertThat(gaps.gaps(60 * SECOND)).isEmpty();

    see(60, 22);
    gaps.skipAll();
    see(60, 23);

    assertThat(gaps.missing(120 * SECOND)).isZero();
  }

  @Test
  void producersThatDoNotCount_haveNoGaps() {
    see(0, -1, -1);

    assertThat(gaps.missing(60 * SECOND)).isZero();
  }

  @Test
  void memory_isBounded_andWhatFindsNoPlaceIsStillCounted() {
    for (long number = 0; number < 100_000; number += 2) {
      see(0, number);
    }

    assertThat(gaps.gaps(60 * SECOND)).hasSizeLessThanOrEqualTo(SequenceTrack.MOST_RANGES);
    assertThat(gaps.missing(60 * SECOND)).isEqualTo(49_999);
  }

  @Test
  void holes_areExactlyWhatIsMissing_whateverTheOrder() {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      BitSet seen = new BitSet();
      SequenceTrack track = new SequenceTrack();
      track.seen(0, 0);
      seen.set(0);
      for (int i = 0; i < 60; i++) {
        int number = random.nextInt(80);
        seen.set(number);
        track.seen(number, i);
      }
      BitSet holes = new BitSet();
      track.holes(hole -> holes.set((int) hole.first(), (int) hole.last() + 1));
      BitSet expected = new BitSet();
      expected.set(0, seen.length());
      expected.andNot(seen);

      assertThat(holes).as("seed " + seed).isEqualTo(expected);
    }
  }

  private void see(long second, long... numbers) {
    for (long number : numbers) {
      gaps.seen("a", number, true, second * SECOND);
    }
  }
}
