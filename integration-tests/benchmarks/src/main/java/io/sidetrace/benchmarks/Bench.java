package io.sidetrace.benchmarks;

import io.sidetrace.benchmarks.Arguments.What;
import io.sidetrace.benchmarks.app.Artifacts;
import io.sidetrace.benchmarks.app.IdleAgent;
import io.sidetrace.benchmarks.app.LibraryTest;
import io.sidetrace.benchmarks.app.Subject;
import io.sidetrace.benchmarks.app.Surroundings;
import io.sidetrace.benchmarks.drain.DaemonLaunch;
import io.sidetrace.benchmarks.drain.DaemonLoad;
import io.sidetrace.benchmarks.drain.LongBacklog;
import io.sidetrace.benchmarks.report.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The command line behind {@code run}, see the README. Runs in the repository's root. */
public final class Bench {
  private static final Duration MODEL_DELAY = Duration.ofMillis(40);

  /** The application's own core, as for {@code taskset -c}. */
  private static final String CPU = "0";

  private Bench() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Arguments arguments;
    try {
      arguments = Arguments.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    System.out.println(Machine.description(arguments.javaHome()));
    Path scratch = Files.createTempDirectory("sidetrace-benchmarks");
    if (arguments.what() == What.DAEMON || arguments.what() == What.BACKLOG) {
      System.out.println(daemons(arguments, scratch));
    } else {
      applications(arguments, scratch);
    }
    Scratch.delete(scratch);
    System.exit(0); // what the stand-ins left running is of no use any more
  }

  private static Table daemons(Arguments arguments, Path scratch)
      throws IOException, InterruptedException {
    DaemonLaunch launch =
        new DaemonLaunch(
            arguments.javaHome(),
            built("export-daemon/target/sidetrace"),
            scratch.resolve("cache"),
            arguments.javaOptions(),
            arguments.daemonOptions());
    launch.warm();
    long events = arguments.events();
    return arguments.what() == What.DAEMON
        ? new DaemonLoad(launch, scratch, events).run(arguments.mixes(), arguments.subjects())
        : new LongBacklog(launch, scratch, events).run(arguments.subjects());
  }

  private static void applications(Arguments arguments, Path scratch)
      throws IOException, InterruptedException {
    Artifacts artifacts =
        new Artifacts(
            arguments.javaHome(),
            built("integration-tests/demo/target/demo.jar"),
            built("javaagent/dist/target/sidetrace-agent.jar"),
            built("integration-tests/benchmarks/target/agents/opentelemetry-javaagent.jar"),
            IdleAgent.pack(scratch),
            scratch);
    Plan plan = arguments.plan();
    if (arguments.what() == What.CLIENTS || arguments.what() == What.SERVERS) {
      System.out.println(libraries(arguments, plan, artifacts, scratch));
      return;
    }
    try (Surroundings around = new Surroundings(MODEL_DELAY, scratch)) {
      if (arguments.what() == What.ALLOCATION) {
        var allocated = new AllocatedClasses(artifacts, around, CPU);
        System.out.println(allocated.table(arguments.subjects(), Workloads.PLAIN));
        System.out.println(allocated.table(arguments.subjects(), Workloads.JDK_CLIENT));
        return;
      }
      List<Subject> subjects = arguments.subjects();
      if (arguments.what() == What.PROFILE) {
        for (Subject subject : subjects) {
          System.out.println(new Profile(plan, artifacts, around, CPU).table(subject));
        }
        return;
      }
      if (plan.starts() > 0) {
        Starts starts = new Starts(plan.starts(), subjects, artifacts, around);
        System.out.println(starts.run().table(subjects));
      }
      Comparison loads = new Comparison(plan, subjects, artifacts, around, CPU);
      switch (arguments.what()) {
        case PLAIN -> System.out.println(loads.plain().table(subjects));
        case WARMING -> System.out.println(loads.warming().table(subjects));
        case SHORT, LONG -> System.out.println(loads.underLoad().table(subjects));
        default -> {}
      }
      if (arguments.what() == What.FAULTS || arguments.what() == What.LONG) {
        System.out.println(
            new Faults(Plan.FAULTS.at(plan.perSecond()), artifacts, around, CPU).run());
      }
    }
  }

  /** The model answers at once: who waits for it has time to spare for an agent. */
  private static Table libraries(Arguments arguments, Plan plan, Artifacts artifacts, Path scratch)
      throws IOException, InterruptedException {
    boolean clients = arguments.what() == What.CLIENTS;
    Path folders = Path.of("instrumentations").toAbsolutePath();
    List<LibraryTest> tests =
        LibraryTest.find(
            folders, clients ? "ClientCallContract" : "ServerCallContract", arguments.libraries());
    try (Surroundings around = new Surroundings(Duration.ZERO, scratch)) {
      return new LibraryComparison(plan, arguments.subjects(), artifacts, around, CPU)
          .table(tests, clients ? Workloads.ofClients(around.modelUrl()) : Workloads.ofServers());
    }
  }

  private static Path built(String file) throws IOException {
    Path path = Path.of(file).toAbsolutePath();
    if (!Files.isRegularFile(path)) {
      throw new IOException("no " + path + "; start the benchmarks with their script, run");
    }
    return path;
  }
}
