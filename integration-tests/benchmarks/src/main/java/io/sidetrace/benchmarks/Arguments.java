package io.sidetrace.benchmarks;

import io.sidetrace.benchmarks.app.Subject;
import io.sidetrace.benchmarks.drain.EventMix;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * What to measure.
 *
 * @param javaHome of the JVM under test
 * @param events in each backlog of the daemon's load
 * @param mixes of which the backlogs are
 * @param perSecond requests in the open loop
 * @param libraries parts of their folders' or tests' names; empty: all
 * @param javaOptions of daemons, beside their launcher's
 * @param daemonOptions of daemons, beside those that the measuring needs
 */
record Arguments(
    What what,
    Path javaHome,
    List<Subject> subjects,
    long events,
    List<EventMix> mixes,
    int perSecond,
    List<String> libraries,
    String javaOptions,
    List<String> daemonOptions) {

  static final String USAGE =
      "usage: run short|medium|long|start|allocation|faults|daemon|backlog|clients|servers|micro [--jdk=HOME] [--rate=N] [--events=N]"
          + " [--mixes=plain,mixed] [--java-options=FLAGS] [--daemon-options=FLAGS]"
          + " [--subjects=none,idle,spool,redis,opentelemetry] [--libraries=okhttp,vertx]";

  /** For daily use: what a change of ours may have moved. */
  private static final List<Subject> OURS = List.of(Subject.NONE, Subject.SPOOL, Subject.REDIS);

  /** An agent that weaves nothing costs its start only. */
  private static final List<Subject> UNDER_LOAD =
      List.of(Subject.NONE, Subject.SPOOL, Subject.REDIS, Subject.OPENTELEMETRY);

  enum What {
    SHORT,
    MEDIUM,
    LONG,
    START,
    ALLOCATION,
    FAULTS,
    DAEMON,
    BACKLOG,
    CLIENTS,
    SERVERS
  }

  /**
   * @throws IllegalArgumentException with the usage as message
   */
  static Arguments parse(String... args) {
    try {
      What what = What.valueOf(args.length == 0 ? "" : args[0].toUpperCase(Locale.ROOT));
      Arguments parsed =
          new Arguments(
              what,
              Path.of(System.getProperty("java.home")),
              subjects(what),
              what == What.BACKLOG ? 2_000_000 : 1_000_000,
              List.of(EventMix.values()),
              300,
              List.of(),
              "",
              List.of());
      for (String arg : List.of(args).subList(1, args.length)) {
        parsed = parsed.with(arg);
      }
      return parsed;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(USAGE, e);
    }
  }

  private static List<Subject> subjects(What what) {
    return switch (what) {
      case START -> List.of(Subject.values());
      case SHORT, ALLOCATION -> OURS;
      case CLIENTS, SERVERS -> List.of(Subject.NONE, Subject.SPOOL);
      default -> UNDER_LOAD;
    };
  }

  private Arguments with(String arg) {
    int equals = arg.indexOf('=') + 1;
    String value = arg.substring(equals);
    return switch (arg.substring(0, equals)) {
      case "--jdk=" -> with(Path.of(value), subjects, events, mixes, perSecond);
      case "--events=" -> with(javaHome, subjects, Long.parseLong(value), mixes, perSecond);
      case "--mixes=" ->
          with(javaHome, subjects, events, names(value, EventMix::valueOf), perSecond);
      case "--subjects=" ->
          with(javaHome, names(value, Subject::valueOf), events, mixes, perSecond);
      case "--rate=" -> with(javaHome, subjects, events, mixes, Integer.parseInt(value));
      case "--libraries=" -> of(List.of(value.toLowerCase(Locale.ROOT).split(",", -1)));
      case "--java-options=" -> with(value, daemonOptions);
      case "--daemon-options=" -> with(javaOptions, List.of(value.split(" ", -1)));
      default -> throw new IllegalArgumentException(arg);
    };
  }

  private Arguments with(Path home, List<Subject> agents, long many, List<EventMix> of, int rate) {
    return new Arguments(what, home, agents, many, of, rate, libraries, javaOptions, daemonOptions);
  }

  private Arguments with(String java, List<String> daemon) {
    return new Arguments(
        what, javaHome, subjects, events, mixes, perSecond, libraries, java, daemon);
  }

  private Arguments of(List<String> parts) {
    return new Arguments(
        what, javaHome, subjects, events, mixes, perSecond, parts, javaOptions, daemonOptions);
  }

  private static <T> List<T> names(String names, Function<String, T> of) {
    return Arrays.stream(names.toUpperCase(Locale.ROOT).split(",", -1)).map(of).toList();
  }

  Plan plan() {
    Plan plan =
        switch (what) {
          case START -> Plan.STARTS;
          case LONG -> Plan.LONG;
          case MEDIUM, FAULTS -> Plan.MEDIUM;
          case CLIENTS, SERVERS -> Plan.LIBRARIES;
          default -> Plan.SHORT;
        };
    return plan.at(perSecond);
  }
}
