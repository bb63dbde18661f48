package io.sidetrace.benchmarks;

import io.sidetrace.benchmarks.app.AppProcess;
import io.sidetrace.benchmarks.app.Artifacts;
import io.sidetrace.benchmarks.app.Subject;
import io.sidetrace.benchmarks.app.Surroundings;
import io.sidetrace.benchmarks.load.Load;
import io.sidetrace.benchmarks.load.Workload;
import io.sidetrace.benchmarks.report.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Which classes a request allocates more of with an agent, its own and the application's. */
final class AllocatedClasses {
  private static final int CONNECTIONS = 48;

  /** C2 is done with what allocates by then: 40,000 give the same figures. */
  private static final int WARM_REQUESTS = 25_000;

  /** About 100 MB: less than half of the young generation. */
  private static final int REQUESTS = 1_200;

  private static final int ROWS = 40;

  private final Artifacts artifacts;
  private final Surroundings around;
  private final String cpus;

  AllocatedClasses(Artifacts artifacts, Surroundings around, String cpus) {
    this.artifacts = artifacts;
    this.around = around;
    this.cpus = cpus;
  }

  /** Bytes per request, those classes first in which the subjects differ most. */
  Table table(List<Subject> subjects, Workload workload) throws IOException, InterruptedException {
    List<Map<String, Long>> counts = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of(workload.name() + ", bytes per request"));
    TreeSet<String> names = new TreeSet<>();
    for (Subject subject : subjects) {
      counts.add(allocated(subject, workload));
      header.add(subject.title());
      names.addAll(counts.get(counts.size() - 1).keySet());
    }
    Table table = new Table(header);
    table.row(row("all", counts.stream().map(AllocatedClasses::sum).toList()));
    names.stream()
        .sorted(Comparator.comparingLong(name -> -spread(of(name, counts))))
        .limit(ROWS)
        .forEach(name -> table.row(row(name, of(name, counts))));
    return table;
  }

  private Map<String, Long> allocated(Subject subject, Workload workload)
      throws IOException, InterruptedException {
    try (AppProcess app = AppProcess.start(subject, artifacts, around, cpus, workload)) {
      Load load = new Load(app.port(), CONNECTIONS);
      load.closed(workload, WARM_REQUESTS);
      return app.jvm().allocatedByClass(() -> load.closed(workload, REQUESTS));
    }
  }

  private static List<String> row(String name, List<Long> bytes) {
    List<String> row = new ArrayList<>(List.of(name));
    bytes.forEach(each -> row.add(Long.toString(Math.round(each / (double) REQUESTS))));
    return row;
  }

  private static List<Long> of(String name, List<Map<String, Long>> counts) {
    return counts.stream().map(count -> count.getOrDefault(name, 0L)).toList();
  }

  private static long sum(Map<String, Long> count) {
    return count.values().stream().mapToLong(Long::longValue).sum();
  }

  private static long spread(List<Long> bytes) {
    return bytes.stream().mapToLong(Long::longValue).max().orElse(0)
        - bytes.stream().mapToLong(Long::longValue).min().orElse(0);
  }
}
