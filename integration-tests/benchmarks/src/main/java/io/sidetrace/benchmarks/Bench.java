package io.sidetrace.benchmarks;

import io.sidetrace.benchmarks.app.Artifacts;
import io.sidetrace.benchmarks.app.Subject;
import io.sidetrace.benchmarks.app.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The command line: {@code short}, {@code long}, {@code start}; see the README. */
public final class Bench {
  private static final String USAGE =
      "usage: run short|long|start [--jdk=HOME] [--subjects=none,spool,redis,opentelemetry]";

  private static final Duration MODEL_DELAY = Duration.ofMillis(40);

  private Bench() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length == 0) {
      System.err.println(USAGE);
      System.exit(2);
    }
    Path jdk = Path.of(System.getProperty("java.home"));
    List<Subject> subjects = List.of(Subject.values());
    for (String arg : List.of(args).subList(1, args.length)) {
      if (arg.startsWith("--jdk=")) {
        jdk = Path.of(arg.substring(6));
      } else if (arg.startsWith("--subjects=")) {
        subjects =
            Arrays.stream(arg.substring(11).toUpperCase(Locale.ROOT).split(",", -1))
                .map(Subject::valueOf)
                .toList();
      } else {
        System.err.println(USAGE);
        System.exit(2);
      }
    }
    Plan plan = args[0].equals("long") ? Plan.LONG : Plan.SHORT;
    Path scratch = Files.createTempDirectory("sidetrace-benchmarks");
    Path target = Path.of("integration-tests/benchmarks/target").toAbsolutePath();
    Artifacts artifacts =
        new Artifacts(
            jdk,
            Path.of("integration-tests/demo/target/demo.jar").toAbsolutePath(),
            Path.of("javaagent/dist/target/sidetrace-agent.jar").toAbsolutePath(),
            target.resolve("agents/opentelemetry-javaagent.jar"),
            scratch);
    try (Surroundings around = new Surroundings(MODEL_DELAY, scratch)) {
      if (!args[0].equals("faults")) {
        Comparison comparison = new Comparison(plan, subjects, artifacts, around, "0");
        System.out.println(comparison.starts(Machine.allCpus()).table(subjects));
        if (!args[0].equals("start")) {
          System.out.println(comparison.underLoad().table(subjects));
        }
      }
      if (args[0].equals("faults") || args[0].equals("long")) {
        System.out.println(new Faults(plan, artifacts, around, "0").run());
      }
    }
    System.out.println(Machine.description(jdk));
    System.exit(0); // what the stand-ins left running is of no use any more
  }
}
