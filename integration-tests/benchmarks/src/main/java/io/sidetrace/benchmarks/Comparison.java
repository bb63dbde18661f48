package io.sidetrace.benchmarks;

import io.sidetrace.benchmarks.Figures.Figure;
import io.sidetrace.benchmarks.app.Allocation;
import io.sidetrace.benchmarks.app.AppProcess;
import io.sidetrace.benchmarks.app.Artifacts;
import io.sidetrace.benchmarks.app.CpuTimes;
import io.sidetrace.benchmarks.app.Subject;
import io.sidetrace.benchmarks.app.Surroundings;
import io.sidetrace.benchmarks.app.ThreadKind;
import io.sidetrace.benchmarks.load.Load;
import io.sidetrace.benchmarks.load.Workload;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.HdrHistogram.Histogram;

/**
 * The same application with and without agents, side by side on one core. All run all the time; in
 * each round every one has its turn under load, in changing order, so that what disturbs the
 * machine disturbs all of them alike. Of a generation of processes the medians of its rounds count:
 * one pair of JVMs differs from the next by more than an agent costs.
 */
final class Comparison {
  private static final int CONNECTIONS = 64;

  /**
   * As many as Tomcat has threads: with a model of 40 ms they could carry 10,000 requests a second,
   * twice what a core answers.
   */
  private static final int SATURATING_CONNECTIONS = AppProcess.REQUEST_THREADS;

  /** Enough for a core whose code is not compiled yet; more would starve its compilers. */
  private static final int WARMING_CONNECTIONS = 200;

  private final Plan plan;
  private final List<Subject> subjects;
  private final Artifacts artifacts;
  private final Surroundings around;
  private final String cpus;
  private final Figures figures = new Figures();
  private Figures generation = new Figures();
  private final Map<Subject, AppProcess> apps = new EnumMap<>(Subject.class);
  private final Map<Subject, Histogram> latencies = new EnumMap<>(Subject.class);

  /**
   * @param cpus where the applications run, as for {@code taskset -c}
   */
  Comparison(
      Plan plan, List<Subject> subjects, Artifacts artifacts, Surroundings around, String cpus) {
    this.plan = plan;
    this.subjects = subjects;
    this.artifacts = artifacts;
    this.around = around;
    this.cpus = cpus;
  }

  Figures underLoad() throws IOException, InterruptedException {
    eachGeneration(
        () -> {
          warm(List.of(Workloads.PLAIN, Workloads.JDK_CLIENT, Workloads.STREAMING));
          rounds();
          leave();
        });
    overAllRounds();
    return figures;
  }

  /** Only plain answers: as many as a full core can give, and at a fixed rate. */
  Figures plain() throws IOException, InterruptedException {
    eachGeneration(
        () -> {
          warm(List.of(Workloads.PLAIN));
          for (int round = 0; round < plan.rounds(); round++) {
            saturate(round);
            pace(round, Workloads.PLAIN, plan.perSecond());
          }
        });
    overAllRounds();
    return figures;
  }

  /**
   * What a request costs on a full core while the JIT compilers are at work. Whoever has no turn
   * stands still: its compilers would catch up while it has nothing else to do.
   */
  Figures warming() throws IOException, InterruptedException {
    eachGeneration(
        () -> {
          apps.values().forEach(app -> app.jvm().suspend());
          for (int step = 1; step <= plan.rounds(); step++) {
            for (Subject subject : Turns.order(subjects, step)) {
              AppProcess app = app(subject);
              app.jvm().resume();
              warm(subject, app, step * plan.warmRequests());
              app.jvm().suspend();
            }
          }
        });
    return figures;
  }

  /**
   * @param served how many requests it has answered after these
   */
  private void warm(Subject subject, AppProcess app, int served) throws InterruptedException {
    CpuTimes before = app.jvm().cpu();
    Load load = new Load(app.port(), WARMING_CONNECTIONS);
    Load.Result result = load.closed(Workloads.PLAIN, plan.warmRequests()).whole();
    double micros = ThreadKind.withoutJit(app.jvm().cpu().since(before)) / 1e3 / result.requests();
    String what = "up to " + served + " requests";
    generation.add(new Figure(what + ", requests/s", 0, true), subject, result.perSecond());
    add("– CPU per request, " + what + ", µs", 0, subject, micros);
  }

  /** What a round has too few requests for. */
  private void overAllRounds() {
    for (Subject subject : subjects) {
      Histogram micros = latencies.getOrDefault(subject, new Histogram(3));
      figures.add(
          new Figure("p99.9 of all rounds, ms", 2, false),
          subject,
          micros.getValueAtPercentile(99.9) / 1e3);
    }
  }

  private void eachGeneration(Allocation.Work work) throws IOException, InterruptedException {
    for (int number = 0; number < plan.generations(); number++) {
      System.err.println("generation " + (number + 1) + " of " + plan.generations());
      generation = new Figures();
      try {
        for (Subject subject : Turns.order(subjects, number)) {
          apps.put(subject, loaded(subject));
        }
        work.run();
        figures.addMedians(generation);
        tellSoFar(number + 1);
      } finally {
        apps.values().forEach(AppProcess::close);
        apps.clear();
      }
    }
  }

  /** Hours may be cut short; what is known by then is not to be lost. */
  private void tellSoFar(int generations) {
    if (generations < plan.generations()) {
      System.err.println("after " + generations + " of " + plan.generations() + " generations:");
      System.err.println(figures.table(subjects));
    }
  }

  /**
   * Each kind of request by itself, then what will be measured: so many connections make the
   * application run other code.
   */
  private void warm(List<Workload> workloads) throws InterruptedException {
    for (int part = 0; part < Turns.WARM_PARTS; part++) {
      for (Subject subject : Turns.order(subjects, part)) {
        for (Workload workload : workloads) {
          boolean streamed = workload.equals(Workloads.STREAMING);
          int perSecond = streamed ? Plan.WARM_PER_SECOND / 12 : Plan.WARM_PER_SECOND;
          load(app(subject)).open(workload, perSecond, plan.warm().dividedBy(Turns.WARM_PARTS));
        }
      }
    }
    for (int round = 1; round < plan.rounds(); round++) {
      for (Subject subject : Turns.order(subjects, round)) {
        fill(app(subject));
        load(app(subject)).open(Workloads.PLAIN, plan.perSecond(), plan.open());
      }
    }
  }

  private void rounds() throws InterruptedException {
    for (int round = 0; round < plan.rounds(); round++) {
      System.err.println("round " + (round + 1) + " of " + plan.rounds());
      saturate(round);
      pace(round, Workloads.PLAIN, plan.perSecond());
      pace(round, Workloads.JDK_CLIENT, plan.perSecond());
      pace(round, Workloads.STREAMING, plan.perSecond() / 5);
    }
  }

  private void leave() throws IOException, InterruptedException {
    for (Subject subject : subjects) {
      AppProcess app = app(subject);
      add("resident, MB", 0, subject, app.jvm().residentBytes() / 1e6);
      allocation(subject, app, Workloads.PLAIN);
      allocation(subject, app, Workloads.JDK_CLIENT);
      allocation(subject, app, Workloads.STREAMING);
      add("stop, s", 2, subject, app.jvm().stop() / 1e9);
    }
  }

  /** With a heap that is touched whole, so that what is resident beyond it compares. */
  private AppProcess loaded(Subject subject) throws IOException, InterruptedException {
    return AppProcess.start(
        subject, artifacts, around, cpus, Workloads.PLAIN, "-XX:+AlwaysPreTouch");
  }

  private AppProcess app(Subject subject) {
    return Objects.requireNonNull(apps.get(subject));
  }

  private static Load load(AppProcess app) {
    return new Load(app.port(), CONNECTIONS);
  }

  private void saturate(int round) throws InterruptedException {
    for (Subject subject : Turns.order(subjects, round)) {
      saturate(subject, app(subject));
    }
  }

  private void saturate(Subject subject, AppProcess app) throws InterruptedException {
    CpuTimes before = app.jvm().cpu();
    Load.Result result = fill(app);
    Map<ThreadKind, Long> cpu = app.jvm().cpu().since(before);
    generation.add(new Figure("saturated, requests/s", 0, true), subject, result.perSecond());
    add("of its core in use, saturated, %", 0, subject, 100.0 * sum(cpu) / result.nanos());
    addCpu(subject, cpu, result.requests(), "saturated", "saturated");
  }

  private Load.Result fill(AppProcess app) throws InterruptedException {
    Load load = new Load(app.port(), SATURATING_CONNECTIONS);
    return load.closed(Workloads.PLAIN, plan.closed()).whole();
  }

  private void pace(int round, Workload workload, int perSecond) throws InterruptedException {
    for (Subject subject : Turns.order(subjects, round)) {
      pace(subject, app(subject), workload, perSecond);
    }
  }

  private void pace(Subject subject, AppProcess app, Workload workload, int perSecond)
      throws InterruptedException {
    CpuTimes before = app.jvm().cpu();
    Load.Result result = load(app).open(workload, perSecond, plan.open()).whole();
    Map<ThreadKind, Long> cpu = app.jvm().cpu().since(before);
    String what = workload.name() + " at " + perSecond + "/s";
    addCpu(subject, cpu, result.requests(), what, workload.name());
    Histogram micros = result.micros();
    add("p50, " + what + ", ms", 2, subject, micros.getValueAtPercentile(50) / 1e3);
    add("p99, " + what + ", ms", 2, subject, micros.getValueAtPercentile(99) / 1e3);
    if (workload.name().equals(Workloads.PLAIN.name())) {
      latencies.computeIfAbsent(subject, s -> new Histogram(3)).add(micros);
    }
  }

  /** What a load has cost, whole and by kinds of threads. */
  private void addCpu(
      Subject subject, Map<ThreadKind, Long> cpu, long requests, String whole, String part) {
    double micros = 1e-3 / requests;
    add("CPU per request, " + whole + ", µs", 0, subject, ThreadKind.withoutJit(cpu) * micros);
    for (Map.Entry<ThreadKind, Long> entry : cpu.entrySet()) {
      String kind = entry.getKey().name().toLowerCase(Locale.ROOT);
      add("– " + kind + " threads, " + part + ", µs", 0, subject, entry.getValue() * micros);
    }
  }

  private static long sum(Map<ThreadKind, Long> cpu) {
    return cpu.values().stream().mapToLong(Long::longValue).sum();
  }

  private void allocation(Subject subject, AppProcess app, Workload workload)
      throws IOException, InterruptedException {
    Load load = new Load(app.port(), CONNECTIONS / 4);
    int requests = plan.allocationRequests();
    long bytes = app.jvm().allocatedDuring(() -> load.closed(workload, requests).whole());
    add("allocation per request, " + workload.name() + ", KB", 1, subject, bytes / 1e3 / requests);
  }

  private void add(String name, int digits, Subject subject, double value) {
    generation.add(new Figure(name, digits, false), subject, value);
  }
}
