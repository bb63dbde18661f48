package io.sidetrace.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MeasureTest {

  @Test
  void text_showsTheMedianBetweenTheExtremes() {
    assertThat(of(3, 1, 2).text(1)).isEqualTo("2.0 [1.0–3.0]");
    assertThat(of(4, 1, 2, 3).median()).isEqualTo(2.5);
    assertThat(new Measure().text(1)).isEqualTo("–");
  }

  @Test
  void minus_comparesWhatWasMeasuredInTheSameRound() {
    Measure slowMachineThenFast = of(10, 1);

    Measure added = of(11, 2).minus(slowMachineThenFast);

    assertThat(added.text(0)).isEqualTo("1 [1–1]");
    assertThat(added.signed(0)).isEqualTo("+1");
  }

  @Test
  void signed_andRatio_sayWhereTheMedianLies_onceThereAreEnoughRounds() {
    Measure rounds = new Measure();
    for (int i = 0; i < 25; i++) {
      rounds.add(i);
    }

    // For 25 values, ranks 8 and 18: the sign test's table of the binomial distribution.
    assertThat(rounds.signed(0)).isEqualTo("+12 [+7–+17]");
    assertThat(rounds.ratio()).isEqualTo("x12.000 [7.000–17.000]");
    assertThat(of(1, 2, 3, 4, 5).signed(0)).isEqualTo("+3");
  }

  private static Measure of(double... values) {
    Measure measure = new Measure();
    for (double value : values) {
      measure.add(value);
    }
    return measure;
  }
}
