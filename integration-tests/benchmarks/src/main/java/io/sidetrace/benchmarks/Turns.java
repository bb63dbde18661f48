package io.sidetrace.benchmarks;

import io.sidetrace.benchmarks.app.Subject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Who comes when: who is first sees the machine as the last one of the round before left it. */
final class Turns {
  /**
   * All are warmed in turns too. When a warming ends, its compilers have work for minutes: whoever
   * is warmed first would be compiled for good while the others are warmed, and measured before
   * them.
   */
  static final int WARM_PARTS = 4;

  private Turns() {}

  /** Over twice as many rounds as there are subjects, each is in each place equally often. */
  static List<Subject> order(List<Subject> subjects, int round) {
    List<Subject> order = new ArrayList<>(subjects);
    Collections.rotate(order, round / 2);
    if (round % 2 == 1) {
      Collections.reverse(order);
    }
    return order;
  }
}
