package io.sidetrace.instrumentation.testing.coverage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The page with a table for each {@link Side}, of what the tests of this build have shown on its
 * JDK and what the page says of other JDKs.
 */
public final class CoverageTable {
  private static final int FIRST_CELL = 4;

  private final List<String> results;
  private final String jdk = String.valueOf(Runtime.version().feature());

  private CoverageTable(List<String> results) {
    this.results = results;
  }

  /**
   * @param modules whose children's tests have run
   */
  public static CoverageTable of(Path modules) throws IOException {
    List<String> results = new ArrayList<>();
    try (Stream<Path> files = Files.walk(modules)) {
      for (Path file : (Iterable<Path>) files.filter(CoverageTable::isResult).sorted()::iterator) {
        results.addAll(Files.readAllLines(file));
      }
    }
    return new CoverageTable(results);
  }

  private static boolean isResult(Path file) {
    return file.getParent() != null
        && file.getParent().endsWith(CoverageExtension.FOLDER)
        && file.toString().endsWith(".tsv");
  }

  /**
   * @param page as it is now
   */
  public String page(String page) {
    List<Row> rows = new ArrayList<>(Row.of(results));
    rows.removeIf(row -> !row.jdk().equals(jdk)); // of an earlier build
    rows.addAll(otherJdks(page));
    StringBuilder out = new StringBuilder();
    out.append(
        """
        # What is seen, with which library

        The tests write this page; a build whose tests show something else fails, and `mvn verify -Dcoverage.write` writes it anew. A row is a library in the
        version that its jar names, a column is one or several cases, most of a contract that every library's tests inherit.
        A row that does not name JDK 17 is of a library that needs a later one.

        ✓ kept · (✓) kept as far as the library goes, reason below · – the library does not have it, reason below
        """);
    for (Side side : Side.values()) {
      List<Row> table = rows.stream().filter(row -> row.side() == side).sorted(ORDER).toList();
      if (!table.isEmpty()) {
        table(out, side, table);
        list(out, reasons(side, table, page));
        out.append("\nThe columns:\n");
        list(out, meanings(side));
      }
    }
    return out.toString();
  }

  private static void table(StringBuilder out, Side side, List<Row> rows) {
    out.append("\n## ").append(side.title()).append("\n\n").append(head(side)).append('\n');
    out.append("|---|---|---|").append(":-:|".repeat(side.columns().size())).append('\n');
    List<Row> done = new ArrayList<>();
    for (Row row : rows) {
      if (done.contains(row)) {
        continue;
      }
      List<Row> alike = rows.stream().filter(row::looksLike).toList();
      done.addAll(alike);
      String jdks = alike.stream().map(Row::jdk).distinct().collect(Collectors.joining(", "));
      out.append(
          "| %s | %s | %s | %s |\n"
              .formatted(row.library().name(), row.library().version(), jdks, row.cells()));
    }
  }

  private static void list(StringBuilder out, Collection<String> lines) {
    if (!lines.isEmpty()) {
      out.append('\n');
      lines.forEach(line -> out.append(line).append('\n'));
    }
  }

  private static List<String> meanings(Side side) {
    return side.columns().stream()
        .map(column -> "- **%s**: %s".formatted(column.title(), column.meaning()))
        .toList();
  }

  private static String head(Side side) {
    return "| library | version | JDK | "
        + side.columns().stream().map(Behaviour::title).collect(Collectors.joining(" | "))
        + " |";
  }

  /** Those this build gave, and the page's of libraries that it did not test on this JDK. */
  private Set<String> reasons(Side side, List<Row> rows, String page) {
    Set<String> reasons = new TreeSet<>();
    for (String line : results) {
      String[] fields = line.split("\t", -1);
      Behaviour column = Behaviour.valueOf(fields[3]);
      if (column.side() == side && fields[2].equals(jdk) && !fields[5].isEmpty()) {
        reasons.add(begin(fields[0], column) + fields[5]);
      }
    }
    Set<String> elsewhere = names(rows, row -> !row.jdk().equals(jdk));
    elsewhere.removeAll(names(rows, row -> row.jdk().equals(jdk)));
    for (String name : elsewhere) {
      for (Behaviour column : side.columns()) {
        page.lines().filter(line -> line.startsWith(begin(name, column))).forEach(reasons::add);
      }
    }
    return reasons;
  }

  private static String begin(String library, Behaviour column) {
    return "- **%s**, %s: ".formatted(library, column.title());
  }

  private static Set<String> names(List<Row> rows, Predicate<Row> which) {
    return rows.stream()
        .filter(which)
        .map(row -> row.library().name())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Rows under a head with other columns are left out: their tests have to run again. */
  private List<Row> otherJdks(String page) {
    List<Row> rows = new ArrayList<>();
    Side side = null;
    for (String line : page.lines().toList()) {
      for (Side each : Side.values()) {
        side = line.equals(head(each)) ? each : side;
      }
      String[] cells = line.split(" *\\| *", -1);
      if (side == null || cells.length != FIRST_CELL + side.columns().size() + 1) {
        continue;
      }
      for (String each : cells[3].split(", ", -1)) {
        if (each.matches("\\d+") && !each.equals(jdk)) {
          rows.add(new Row(side, new Library(cells[1], cells[2]), each, signs(side, cells)));
        }
      }
    }
    return rows;
  }

  private static Map<Behaviour, String> signs(Side side, String[] cells) {
    Map<Behaviour, String> signs = new EnumMap<>(Behaviour.class);
    int cell = FIRST_CELL;
    for (Behaviour column : side.columns()) {
      signs.put(column, cells[cell++]);
    }
    return signs;
  }

  private static final Comparator<Row> ORDER =
      Comparator.comparing((Row row) -> row.library().name())
          .thenComparing(row -> padded(row.library().version()))
          .thenComparing(Row::jdk);

  /** So that 4.12 comes after 4.2. */
  private static String padded(String version) {
    return Stream.of(version.split("[.-]", -1))
        .map(part -> "%8s".formatted(part))
        .collect(Collectors.joining());
  }
}
