package io.sidetrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.benchmarks.Figures.Figure;
import io.sidetrace.benchmarks.app.Subject;
import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {
  private static final Figure CPU = new Figure("CPU, µs", 0, false);

  /** Six pairs of processes of which each has its own luck, and rounds that all but agree. */
  @Test
  void addMedians_makesTheIntervalOneOfProcesses() {
    Figures figures = new Figures();
    for (int pair = 0; pair < 6; pair++) {
      Figures rounds = new Figures();
      for (int round = -1; round <= 1; round++) {
        rounds.add(CPU, Subject.NONE, 100 + 10 * pair + round);
        rounds.add(CPU, Subject.SPOOL, 100 + 20 * pair + 2 * round);
      }
      figures.addMedians(rounds);
    }

    assertThat(figures.table(List.of(Subject.NONE, Subject.SPOOL)).toString())
        .contains("125 [100–150] | 150 [100–200], +25 [+0–+50]");
  }
}
