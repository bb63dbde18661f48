package io.sidetrace.benchmarks;

import io.sidetrace.benchmarks.app.Subject;
import io.sidetrace.benchmarks.report.Measure;
import io.sidetrace.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything measured in a comparison, by what it is and of which subject. */
final class Figures {
  private final Map<Figure, Map<Subject, Measure>> measures = new LinkedHashMap<>();

  /**
   * @param name with its unit
   * @param ratio whether a subject's is told as a share of the one without agent, or as a
   *     difference
   */
  record Figure(String name, int digits, boolean ratio) {}

  void add(Figure figure, Subject subject, double value) {
    measures
        .computeIfAbsent(figure, f -> new LinkedHashMap<>())
        .computeIfAbsent(subject, s -> new Measure())
        .add(value);
  }

  /**
   * Adds one value per figure and subject, the median of another's: of the rounds that the same
   * processes lived through, which tell what these processes cost and no more.
   */
  void addMedians(Figures rounds) {
    rounds.measures.forEach(
        (figure, bySubject) ->
            bySubject.forEach((subject, measure) -> add(figure, subject, measure.median())));
  }

  /**
   * One row per figure: medians with lowest and highest; for all but the first subject, what they
   * add to it or their ratio, median over pairs of values added in the same turn with its 95 %
   * interval.
   */
  Table table(List<Subject> subjects) {
    List<String> header = new ArrayList<>(List.of(""));
    subjects.forEach(subject -> header.add(subject.title()));
    Table table = new Table(header);
    measures.forEach((figure, bySubject) -> table.row(row(figure, bySubject, subjects)));
    return table;
  }

  private static List<String> row(
      Figure figure, Map<Subject, Measure> bySubject, List<Subject> subjects) {
    List<String> cells = new ArrayList<>(List.of(figure.name()));
    Measure without = bySubject.getOrDefault(subjects.get(0), new Measure());
    for (Subject subject : subjects) {
      Measure measure = bySubject.getOrDefault(subject, new Measure());
      String text = measure.text(figure.digits());
      if (subject != subjects.get(0) && !measure.isEmpty()) {
        text +=
            figure.ratio()
                ? ", " + measure.over(without).ratio()
                : ", " + measure.minus(without).signed(figure.digits());
      }
      cells.add(text);
    }
    return cells;
  }
}
