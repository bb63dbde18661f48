package io.sidetrace.benchmarks;

import io.sidetrace.benchmarks.Figures.Figure;
import io.sidetrace.benchmarks.app.AppProcess;
import io.sidetrace.benchmarks.app.Artifacts;
import io.sidetrace.benchmarks.app.Subject;
import io.sidetrace.benchmarks.app.Surroundings;
import java.io.IOException;
import java.util.List;

/** From nothing to the first answer, on all cores, one application at a time, in changing order. */
final class Starts {
  private final int rounds;
  private final List<Subject> subjects;
  private final Artifacts artifacts;
  private final Surroundings around;
  private final Figures figures = new Figures();

  Starts(int rounds, List<Subject> subjects, Artifacts artifacts, Surroundings around) {
    this.rounds = rounds;
    this.subjects = subjects;
    this.artifacts = artifacts;
    this.around = around;
  }

  Figures run() throws IOException, InterruptedException {
    for (int round = 0; round < rounds; round++) {
      for (Subject subject : Turns.order(subjects, round)) {
        start(subject);
      }
    }
    return figures;
  }

  private void start(Subject subject) throws IOException, InterruptedException {
    try (AppProcess app =
        AppProcess.start(subject, artifacts, around, Machine.allCpus(), Workloads.PLAIN)) {
      AppProcess.Start start = app.start();
      add("start to first answer, wall s", subject, start.wallNanos());
      add("start to first answer, CPU s", subject, start.cpuNanos());
      add("– without JIT threads, CPU s", subject, start.ownCpuNanos());
      app.jvm().stop();
    }
  }

  private void add(String name, Subject subject, long nanos) {
    figures.add(new Figure(name, 2, false), subject, nanos / 1e9);
  }
}
