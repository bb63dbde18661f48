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

  private final Measure cpu = new Measure();

  /** Of request threads, over all generations. */
  private int samples;

  /** Those in the agent, by where it was entered. */
  private final Map<String, Integer> places = new HashMap<>();

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
    int own = places.values().stream().mapToInt(Integer::intValue).sum();
    String what = "request threads, plain at " + plan.perSecond() + "/s";
    Table table = new Table(List.of(what, subject.name().toLowerCase(Locale.ROOT)));
    table.row(List.of("samples", Integer.toString(samples)));
    table.row(List.of("CPU per request, µs", cpu.text(0)));
    table.row(List.of("in the agent, %", String.format(Locale.ROOT, "%.2f", 100 * part(own))));
    table.row(
        List.of("in the agent, µs", micros(part(own)) + " ±" + micros(1.96 * deviation(own))));
    places.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(ROWS)
        .forEach(
            place ->
                table.row(List.of("– " + place.getKey() + ", µs", micros(part(place.getValue())))));
    return table;
  }

  private double part(int own) {
    return (double) own / samples;
  }

  /** The standard deviation of {@link #part}: each sample hits the agent or does not. */
  private double deviation(int own) {
    return Math.sqrt(part(own) * (1 - part(own)) / samples);
  }

  private String micros(double part) {
    return String.format(Locale.ROOT, "%.1f", part * cpu.median());
  }

  private void look(AppProcess app) throws IOException, InterruptedException {
    new Load(app.port(), CONNECTIONS).open(Workloads.PLAIN, Plan.WARM_PER_SECOND, plan.warm());
    CpuTimes before = app.jvm().cpu();
    Result[] load = new Result[1];
    List<Sample> taken = app.jvm().samplesDuring(() -> load[0] = pace(app));
    long nanos = app.jvm().cpu().since(before).getOrDefault(ThreadKind.REQUEST, 0L);
    cpu.add(nanos / 1e3 / load[0].requests());
    for (Sample sample : taken) {
      if (sample.kind() == ThreadKind.REQUEST) {
        samples++;
        String place = OwnCode.entered(sample.stack());
        if (place != null) {
          places.merge(place, 1, Integer::sum);
        }
      }
    }
  }

  private Result pace(AppProcess app) throws InterruptedException {
    return new Load(app.port(), CONNECTIONS)
        .open(Workloads.PLAIN, plan.perSecond(), plan.open())
        .whole();
  }
}
