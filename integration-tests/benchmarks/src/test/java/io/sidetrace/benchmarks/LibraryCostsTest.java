package io.sidetrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.benchmarks.LibraryCosts.Turn;
import io.sidetrace.benchmarks.app.Subject;
import io.sidetrace.benchmarks.app.ThreadKind;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LibraryCostsTest {
  private final LibraryCosts costs = new LibraryCosts();

  @Test
  void row_tellsWhatACallCostsAndWhatAnAgentAdds() {
    costs.add(Subject.NONE, turn(100, 50_000, 40_000, 0, 80_000));
    costs.add(Subject.SPOOL, turn(130, 70_000, 45_000, 6_000, 91_000));

    assertThat(costs.row("library 1", "plain", Subject.NONE, Subject.SPOOL))
        .containsExactly(
            "library 1",
            "plain",
            "100.0, +30.0",
            "200.0, +60.0",
            "5.0, +2.0",
            "4.0, +0.5",
            "+0.6",
            "8.0, +1.1",
            "+0.9");
  }

  @Test
  void row_marksWhatIsOverItsBudget() {
    costs.add(Subject.NONE, turn(100, 50_000, 40_000, 0, 80_000));
    costs.add(Subject.SPOOL, turn(201, 650_001, 190_001, 6_000, 142_001));

    assertThat(costs.row("library 1", "plain", Subject.NONE, Subject.SPOOL))
        .containsExactly(
            "library 1",
            "plain",
            "100.0, **+101.0**",
            "200.0, +202.0",
            "5.0, **+60.0**",
            "4.0, **+15.0**",
            "+0.6",
            "8.0, +6.2",
            "**+6.0**");
  }

  /** Ten calls of 200 bytes asked and answered; the JIT's time is nobody's. */
  private static Turn turn(
      double p50, long cpuNanos, long callerNanos, long agentNanos, long allocatedBytes) {
    return new Turn(
        10,
        p50,
        2 * p50,
        Map.of(
            ThreadKind.REQUEST,
            callerNanos,
            ThreadKind.AGENT,
            agentNanos,
            ThreadKind.OTHER,
            cpuNanos - callerNanos - agentNanos,
            ThreadKind.JIT,
            1_000_000L),
        allocatedBytes,
        2_000);
  }
}
