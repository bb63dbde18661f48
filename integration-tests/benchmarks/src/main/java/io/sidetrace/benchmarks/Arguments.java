package io.sidetrace.benchmarks;

import io.sidetrace.benchmarks.app.Subject;
import io.sidetrace.benchmarks.drain.EventMix;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What to measure.
 *
 * @param javaHome of the JVM under test
 * @param events in each backlog of the daemon's load
 * @param mixes of which the backlogs are
 * @param perSecond requests in the open loop; for libraries, 0: a closed loop
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
      "usage: run short|long|start|plain|warming|profile|allocation|faults|daemon|backlog|clients|servers|micro [--jdk=HOME] [--rate=N] [--events=N]"
          + " [--mixes=plain,mixed] [--java-options=FLAGS] [--daemon-options=FLAGS]"
          + " [--subjects=none,idle,spool,redis,opentelemetry] [--libraries=okhttp,vertx]";

  private static final Set<String> OPTIONS =
      Set.of(
          "--jdk",
          "--subjects",
          "--events",
          "--mixes",
          "--rate",
          "--libraries",
          "--java-options",
          "--daemon-options");

  /** For daily use: what a change of ours may have moved. */
  private static final List<Subject> OURS = List.of(Subject.NONE, Subject.SPOOL, Subject.REDIS);

  /** An agent that weaves nothing costs its start only. */
  private static final List<Subject> UNDER_LOAD =
      List.of(Subject.NONE, Subject.SPOOL, Subject.REDIS, Subject.OPENTELEMETRY);

  enum What {
    SHORT,
    LONG,
    START,
    PLAIN,
    WARMING,
    PROFILE,
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
      What what = What.valueOf(args.length == 0 ? "" : upper(args[0]));
      Map<String, String> options = options(List.of(args).subList(1, args.length));
      return new Arguments(
          what,
          Path.of(options.getOrDefault("--jdk", System.getProperty("java.home"))),
          names(options.get("--subjects"), name -> Subject.valueOf(upper(name)), subjects(what)),
          Long.parseLong(
              options.getOrDefault("--events", what == What.BACKLOG ? "2000000" : "1000000")),
          names(
              options.get("--mixes"),
              name -> EventMix.valueOf(upper(name)),
              List.of(EventMix.values())),
          rate(what, options.getOrDefault("--rate", "300")),
          names(options.get("--libraries"), name -> name.toLowerCase(Locale.ROOT), List.of()),
          options.getOrDefault("--java-options", ""),
          words(options.get("--daemon-options")));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(USAGE, e);
    }
  }

  private static List<Subject> subjects(What what) {
    return switch (what) {
      case START -> List.of(Subject.values());
      case SHORT, ALLOCATION -> OURS;
      case PROFILE -> List.of(Subject.SPOOL);
      case CLIENTS, SERVERS, WARMING -> List.of(Subject.NONE, Subject.SPOOL);
      default -> UNDER_LOAD;
    };
  }

  private static Map<String, String> options(List<String> args) {
    Map<String, String> options = new HashMap<>();
    for (String arg : args) {
      String[] parts = arg.split("=", 2);
      if (parts.length < 2 || !OPTIONS.contains(parts[0])) {
        throw new IllegalArgumentException(arg);
      }
      options.put(parts[0], parts[1]);
    }
    return options;
  }

  private static int rate(What what, String number) {
    int rate = Integer.parseInt(number);
    if (rate < 0 || (rate == 0 && what != What.CLIENTS && what != What.SERVERS)) {
      throw new IllegalArgumentException("--rate=" + number);
    }
    return rate;
  }

  private static <T> List<T> names(
      @Nullable String names, Function<String, T> of, List<T> otherwise) {
    return names == null ? otherwise : Arrays.stream(names.split(",", -1)).map(of).toList();
  }

  private static List<String> words(@Nullable String words) {
    return words == null ? List.of() : List.of(words.split(" ", -1));
  }

  private static String upper(String name) {
    return name.toUpperCase(Locale.ROOT);
  }

  Plan plan() {
    Plan plan =
        switch (what) {
          case START -> Plan.STARTS;
          case PLAIN -> Plan.PLAIN;
          case WARMING -> Plan.WARMING;
          case PROFILE -> Plan.PROFILE;
          case LONG -> Plan.LONG;
          case FAULTS -> Plan.FAULTS;
          case CLIENTS, SERVERS -> Plan.LIBRARIES;
          default -> Plan.SHORT;
        };
    return plan.at(perSecond);
  }
}
