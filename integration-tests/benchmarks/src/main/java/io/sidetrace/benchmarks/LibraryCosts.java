package io.sidetrace.benchmarks;

import io.sidetrace.benchmarks.app.Subject;
import io.sidetrace.benchmarks.app.ThreadKind;
import io.sidetrace.benchmarks.report.Measure;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What one call by a library costs, without an agent and with each, round by round. */
final class LibraryCosts {
  private final Map<Subject, Map<Cost, Measure>> measures = new EnumMap<>(Subject.class);

  /** Per call. */
  enum Cost {
    P50("p50, µs", 100),
    P99("p99, µs", 500),
    CPU("CPU, µs", 60),
    REQUEST("of it the request's thread", 15),
    AGENT("of it the agent's threads", Double.NaN),
    ALLOCATED("allocated, KB", Double.NaN),
    BEYOND("beyond what is captured", 6);

    private final String title;

    /** What an agent may add; it is for a request of two events. NaN: nobody has said. */
    private final double budget;

    Cost(String title, double budget) {
      this.title = title;
      this.budget = budget;
    }
  }

  /**
   * What was seen while a subject had its turn.
   *
   * @param p50 and p99 in microseconds
   * @param allocatedBytes of all calls, as the next
   * @param bodyBytes asked and answered
   */
  record Turn(
      long calls,
      double p50,
      double p99,
      Map<ThreadKind, Long> cpu,
      long allocatedBytes,
      long bodyBytes) {}

  void add(Subject subject, Turn turn) {
    double calls = turn.calls();
    add(subject, Cost.P50, turn.p50());
    add(subject, Cost.P99, turn.p99());
    add(subject, Cost.CPU, ThreadKind.withoutJit(turn.cpu()) / 1e3 / calls);
    add(subject, Cost.REQUEST, micros(turn, ThreadKind.REQUEST) / calls);
    add(subject, Cost.AGENT, micros(turn, ThreadKind.AGENT) / calls);
    add(subject, Cost.ALLOCATED, turn.allocatedBytes() / 1e3 / calls);
    double captured = subject.isSidetrace() ? turn.bodyBytes() : 0;
    add(subject, Cost.BEYOND, (turn.allocatedBytes() - captured) / 1e3 / calls);
  }

  private static double micros(Turn turn, ThreadKind kind) {
    return turn.cpu().getOrDefault(kind, 0L) / 1e3;
  }

  private void add(Subject subject, Cost cost, double value) {
    measures
        .computeIfAbsent(subject, s -> new EnumMap<>(Cost.class))
        .computeIfAbsent(cost, c -> new Measure())
        .add(value);
  }

  static List<String> header() {
    List<String> header = new ArrayList<>(List.of("library", "answers"));
    for (Cost cost : Cost.values()) {
      header.add(cost.title);
    }
    return header;
  }

  /** Without an agent, then what the subject adds; above its budget between asterisks. */
  List<String> row(String library, String answers, Subject without, Subject with) {
    List<String> row = new ArrayList<>(List.of(library, answers));
    for (Cost cost : Cost.values()) {
      Measure base = measure(without, cost);
      Measure added = measure(with, cost).minus(base);
      String text = added.signed(1);
      if (added.median() > cost.budget) {
        text = "**" + text + "**";
      }
      boolean own = cost == Cost.AGENT || cost == Cost.BEYOND;
      boolean unknown = cost == Cost.REQUEST && base.highest() == 0; // a server's by another name
      row.add(
          unknown ? "–" : own ? text : String.format(Locale.ROOT, "%.1f, %s", base.median(), text));
    }
    return row;
  }

  private Measure measure(Subject subject, Cost cost) {
    return Objects.requireNonNull(Objects.requireNonNull(measures.get(subject)).get(cost));
  }
}
