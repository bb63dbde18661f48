package io.sidetrace.instrumentation.testing.coverage;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One library in one version on one JDK, and the sign of each of its cells. */
record Row(Side side, Library library, String jdk, Map<Behaviour, String> signs) {

  /** All rows of what {@link CoverageExtension} wrote. */
  static List<Row> of(List<String> lines) {
    record Key(Side side, Library library, String jdk) {}
    Map<Key, Map<Behaviour, Mark>> rows = new LinkedHashMap<>();
    for (String line : lines) {
      String[] fields = line.split("\t", -1);
      Behaviour behaviour = Behaviour.valueOf(fields[3]);
      Key key = new Key(behaviour.side(), new Library(fields[0], fields[1]), fields[2]);
      rows.computeIfAbsent(key, none -> new EnumMap<>(Behaviour.class))
          .merge(behaviour, Mark.valueOf(fields[4]), Mark::worse);
    }
    return rows.entrySet().stream()
        .map(
            row ->
                new Row(
                    row.getKey().side(),
                    row.getKey().library(),
                    row.getKey().jdk(),
                    signs(row.getValue())))
        .toList();
  }

  private static Map<Behaviour, String> signs(Map<Behaviour, Mark> marks) {
    Map<Behaviour, String> signs = new EnumMap<>(Behaviour.class);
    marks.forEach((behaviour, mark) -> signs.put(behaviour, mark.sign()));
    return signs;
  }

  /** Whether both may be one line of the table, which then names both JDKs. */
  boolean looksLike(Row other) {
    return library.equals(other.library) && side == other.side && signs.equals(other.signs);
  }

  /** A line of the table without its JDKs: {@code | ✓ | ✓ |}. */
  String cells() {
    return side.columns().stream().map(this::cell).collect(Collectors.joining(" | "));
  }

  private String cell(Behaviour column) {
    String sign = signs.get(column);
    if (sign == null) {
      throw new IllegalStateException(
          "%s on JDK %s was not tested for \"%s\" of %s: run all tests of its folder, or declare a Limit"
              .formatted(library, jdk, column.title(), side.title()));
    }
    return sign;
  }
}
