package io.sidetrace.benchmarks;

import io.sidetrace.benchmarks.app.AgentLedger;
import io.sidetrace.benchmarks.app.Artifacts;
import io.sidetrace.benchmarks.app.CpuTimes;
import io.sidetrace.benchmarks.app.LibraryJvm;
import io.sidetrace.benchmarks.app.LibraryTest;
import io.sidetrace.benchmarks.app.Subject;
import io.sidetrace.benchmarks.app.Surroundings;
import io.sidetrace.benchmarks.app.ThreadKind;
import io.sidetrace.benchmarks.report.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One library after the other, each in a JVM without an agent and one with each agent. All of a
 * library's JVMs live all the time and have their short turns in changing order.
 */
final class LibraryComparison {
  private final Plan plan;
  private final List<Subject> subjects;
  private final Artifacts artifacts;
  private final Surroundings around;
  private final String cpus;
  private final Map<Subject, LibraryJvm> jvms = new EnumMap<>(Subject.class);
  private final Map<Subject, Long> calls = new EnumMap<>(Subject.class);

  /**
   * @param subjects the first is what the others are compared with
   * @param cpus where the libraries' JVMs run, as for {@code taskset -c}
   */
  LibraryComparison(
      Plan plan, List<Subject> subjects, Artifacts artifacts, Surroundings around, String cpus) {
    this.plan = plan;
    this.subjects = subjects;
    this.artifacts = artifacts;
    this.around = around;
    this.cpus = cpus;
  }

  /** A row for each library, load and agent. A library that fails is told of on stderr. */
  Table table(List<LibraryTest> tests, List<LibraryLoad> loads) throws InterruptedException {
    Table table = new Table(LibraryCosts.header());
    for (LibraryTest test : tests) {
      System.err.println(test.name());
      try {
        for (List<String> row : rows(test, loads)) {
          System.err.println(String.join(" | ", row));
          table.row(row);
        }
      } catch (IOException | IllegalStateException e) {
        System.err.println("left out: " + e);
      }
    }
    return table;
  }

  private List<List<String>> rows(LibraryTest test, List<LibraryLoad> loads)
      throws IOException, InterruptedException {
    around.freshSpool(Subject.SPOOL); // as that of all others
    try {
      for (Subject subject : subjects) {
        jvms.put(subject, LibraryJvm.start(test, subject, artifacts, around, cpus));
        calls.put(subject, 0L);
      }
      Map<LibraryLoad, LibraryCosts> costs = measure(loads);
      String library = jvm(subjects.get(0)).library();
      around.drain(false); // the ledgers are read
      for (Subject subject : subjects) {
        end(subject);
      }
      return rows(library, costs);
    } finally {
      jvms.values().forEach(LibraryJvm::close);
      jvms.clear();
      around.drain(true);
    }
  }

  private Map<LibraryLoad, LibraryCosts> measure(List<LibraryLoad> loads)
      throws IOException, InterruptedException {
    Map<LibraryLoad, LibraryCosts> costs = new LinkedHashMap<>();
    int warm = plan.warmRequests();
    for (LibraryLoad load : loads) {
      for (int part = 0; part < Turns.WARM_PARTS; part++) {
        for (Subject subject : Turns.order(subjects, part)) {
          calls.merge(subject, load.warm(jvm(subject), warm / Turns.WARM_PARTS), Long::sum);
        }
      }
      costs.put(load, new LibraryCosts());
      warm = plan.warmRequests() / 6; // of streams
    }
    for (int round = 0; round < plan.rounds(); round++) {
      for (LibraryLoad load : loads) {
        for (Subject subject : Turns.order(subjects, round)) {
          Objects.requireNonNull(costs.get(load)).add(subject, turn(subject, load));
        }
      }
    }
    return costs;
  }

  private LibraryCosts.Turn turn(Subject subject, LibraryLoad load)
      throws IOException, InterruptedException {
    LibraryJvm library = jvm(subject);
    long allocated = library.allocatedBytes();
    CpuTimes before = library.jvm().cpu();
    LibraryLoad.Done done = load.during(library, plan);
    Map<ThreadKind, Long> cpu = library.jvm().cpu().livingSince(before);
    calls.merge(subject, done.calls(), Long::sum);
    return new LibraryCosts.Turn(
        done.calls(),
        done.micros(50),
        done.micros(99),
        cpu,
        library.allocatedBytes() - allocated,
        done.bodyBytes());
  }

  /** That nothing was cheap because it was not captured. */
  private void end(Subject subject) throws IOException {
    jvm(subject).jvm().stop();
    if (subject.isSidetrace()) {
      AgentLedger ledger = AgentLedger.of(around.spool(subject));
      long made = Objects.requireNonNull(calls.get(subject));
      if (ledger.captured() < made) {
        throw new IllegalStateException("captured " + ledger.captured() + " of " + made + " calls");
      }
      if (ledger.droppedInAll() > 0) {
        System.err.println(
            subject.title() + " dropped " + ledger.dropped() + " of " + ledger.captured());
      }
    }
  }

  private List<List<String>> rows(String library, Map<LibraryLoad, LibraryCosts> costs) {
    List<List<String>> rows = new ArrayList<>();
    Subject without = subjects.get(0);
    for (Subject subject : subjects.subList(1, subjects.size())) {
      String name = subjects.size() > 2 ? library + ", " + subject.title() : library;
      costs.forEach((load, cost) -> rows.add(cost.row(name, load.name(), without, subject)));
    }
    return rows;
  }

  private LibraryJvm jvm(Subject subject) {
    return Objects.requireNonNull(jvms.get(subject));
  }
}
