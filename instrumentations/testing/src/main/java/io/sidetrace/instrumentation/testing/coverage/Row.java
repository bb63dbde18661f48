package io.sidetrace.instrumentation.testing.coverage;

import io.sidetrace.instrumentation.testing.coverage.Behaviour.Side;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One library in one version on one JDK, and the sign of each of its cells. */
record Row(Side side, Library library, String jdk, Map<Behaviour, String> signs) {

  static List<Behaviour> columns(Side side) {
    return Stream.of(Behaviour.values()).filter(column -> column.side() == side).toList();
  }

  /** All rows of what {@link CoverageExtension} wrote. */
  static List<Row> of(List<String> lines) {
    List<Row> rows = new ArrayList<>();
    for (String line : lines) {
      String[] fields = line.split("\t", -1);
      Behaviour behaviour = Behaviour.valueOf(fields[3]);
      Library library = new Library(fields[0], fields[1]);
      Row row = new Row(behaviour.side(), library, fields[2], new EnumMap<>(Behaviour.class));
      Row known = rows.stream().filter(row::isSame).findFirst().orElse(null);
      if (known == null) {
        rows.add(row);
        known = row;
      }
      known.signs.put(behaviour, Mark.valueOf(fields[4]).sign());
    }
    return rows;
  }

  private boolean isSame(Row other) {
    return side == other.side && library.equals(other.library) && jdk.equals(other.jdk);
  }

  /** Whether both may be one line of the table, which then names both JDKs. */
  boolean looksLike(Row other) {
    return library.equals(other.library) && side == other.side && signs.equals(other.signs);
  }

  /** A line of the table without its JDKs: {@code | ✓ | ✓ |}. */
  String cells() {
    return columns(side).stream().map(this::cell).collect(Collectors.joining(" | "));
  }

  private String cell(Behaviour column) {
    String sign = signs.get(column);
    if (sign == null) {
      throw new IllegalStateException(
          "%s on JDK %s was not tested for \"%s\": run all tests of its folder"
              .formatted(library, jdk, column.title()));
    }
    return sign;
  }
}
