package io.sidetrace.benchmarks;

import io.sidetrace.benchmarks.app.AppProcess;
import io.sidetrace.benchmarks.app.Artifacts;
import io.sidetrace.benchmarks.app.CpuTimes;
import io.sidetrace.benchmarks.app.Samples;
import io.sidetrace.benchmarks.app.Samples.Sample;
import io.sidetrace.benchmarks.app.Subject;
import io.sidetrace.benchmarks.app.Surroundings;
import io.sidetrace.benchmarks.app.ThreadKind;
import io.sidetrace.benchmarks.load.Load;
import io.sidetrace.benchmarks.load.Load.Result;
import io.sidetrace.benchmarks.report.Measure;
import io.sidetrace.benchmarks.report.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which part of a request's time is spent in our code, and where: by samples within one JVM, so the
 * difference between one JVM and the next, which is larger than all of it, is not in the figure.
 * What our code costs elsewhere, by pushing the application's out of the caches, is not in it
 * either.
 */
final class Profile {
  private static final int CONNECTIONS = 64;
  private static final int ROWS = 25;

  private final Plan plan;
  private final Artifacts artifacts;
  private final Surroundings around;
  private final String cpus;

  private final Measure samples = new Measure();
  private final Measure share = new Measure();
  private final Measure cpu = new Measure();
  private final Measure micros = new Measure();

  /** Microseconds per request by where they were spent, a sum over the generations. */
  private final Map<String, Double> places = new HashMap<>();

  Profile(Plan plan, Artifacts artifacts, Surroundings around, String cpus) {
    this.plan = plan;
    this.artifacts = artifacts;
    this.around = around;
    this.cpus = cpus;
  }

  /** Of plain answers at a fixed rate, on the threads of requests. */
  Table table(Subject subject) throws IOException, InterruptedException {
    for (int number = 0; number < plan.generations(); number++) {
      System.err.println("generation " + (number + 1) + " of " + plan.generations());
      try (AppProcess app =
          AppProcess.start(
              subject,
              artifacts,
              around,
              cpus,
              Workloads.PLAIN,
              "-XX:+AlwaysPreTouch",
              Samples.DEEP_STACKS)) {
        look(app);
      }
    }
    String what = "request threads, plain at " + plan.perSecond() + "/s";
    Table table = new Table(List.of(what, subject.name().toLowerCase(Locale.ROOT)));
    table.row(List.of("samples", samples.text(0)));
    table.row(List.of("in the agent, %", share.text(2)));
    table.row(List.of("CPU per request, without the recorder, µs", cpu.text(0)));
    table.row(List.of("in the agent, µs", micros.text(1)));
    places.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(ROWS)
        .forEach(place -> table.row(row(place.getKey(), place.getValue())));
    return table;
  }

  private List<String> row(String place, double sum) {
    Measure mean = new Measure();
    mean.add(sum / plan.generations());
    return List.of("– " + place + ", mean µs", mean.text(2));
  }

  private void look(AppProcess app) throws IOException, InterruptedException {
    new Load(app.port(), CONNECTIONS).closed(Workloads.PLAIN, plan.warmRequests());
    CpuTimes before = app.jvm().cpu();
    Result paced = pace(app);
    double perRequest =
        app.jvm().cpu().since(before).getOrDefault(ThreadKind.REQUEST, 0L) / 1e3 / paced.requests();
    List<Sample> taken = new ArrayList<>(app.jvm().samplesDuring(() -> pace(app)));
    taken.removeIf(sample -> sample.kind() != ThreadKind.REQUEST);
    Map<String, Integer> ours = new HashMap<>();
    for (Sample sample : taken) {
      String place = OwnCode.entered(sample.stack());
      if (place != null) {
        ours.merge(place, 1, Integer::sum);
      }
    }
    int own = ours.values().stream().mapToInt(Integer::intValue).sum();
    double perSample = perRequest / taken.size();
    samples.add(taken.size());
    share.add(100.0 * own / taken.size());
    cpu.add(perRequest);
    micros.add(own * perSample);
    ours.forEach((place, count) -> places.merge(place, count * perSample, Double::sum));
  }

  private Result pace(AppProcess app) throws InterruptedException {
    return new Load(app.port(), CONNECTIONS)
        .open(Workloads.PLAIN, plan.perSecond(), plan.open())
        .whole();
  }
}
