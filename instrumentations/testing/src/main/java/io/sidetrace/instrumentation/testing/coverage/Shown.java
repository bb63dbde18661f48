package io.sidetrace.instrumentation.testing.coverage;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the tests of a class have shown of one library. */
final class Shown {
  private final Map<Limit, String> limits;
  private final Map<Behaviour, Mark> marks = new EnumMap<>(Behaviour.class);

  /** What the library does not have is known without a test. */
  Shown(Map<Limit, String> limits) {
    this.limits = limits;
    for (Limit limit : limits.keySet()) {
      if (limit.absent()) {
        marks.put(limit.behaviour(), Mark.ABSENT);
      }
    }
  }

  void add(Behaviour behaviour, boolean kept) {
    marks.merge(behaviour, kept ? mark(behaviour) : Mark.FAILED, Mark::worse);
  }

  private Mark mark(Behaviour behaviour) {
    return limits.keySet().stream().anyMatch(limit -> limit.behaviour() == behaviour)
        ? Mark.WEAKER
        : Mark.KEPT;
  }

  /**
   * @param row what each line begins with
   */
  List<String> lines(String row) {
    List<String> lines = new ArrayList<>();
    marks.forEach(
        (behaviour, mark) ->
            lines.add(String.join("\t", row, behaviour.name(), mark.name(), reason(behaviour))));
    return lines;
  }

  private String reason(Behaviour behaviour) {
    return limits.entrySet().stream()
        .filter(limit -> limit.getKey().behaviour() == behaviour)
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .collect(Collectors.joining(" "));
  }
}
