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

  private static Measure of(double... values) {
    Measure measure = new Measure();
    for (double value : values) {
      measure.add(value);
    }
    return measure;
  }
}
