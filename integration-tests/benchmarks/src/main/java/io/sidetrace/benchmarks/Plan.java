package io.sidetrace.benchmarks;

import java.time.Duration;

/**
 * How long a comparison takes, and how much to believe it. Many short rounds tell more than a few
 * long ones: what disturbs the machine for a second then spoils one pair in many.
 *
 * @param starts of each application, for the time to the first answer
 * @param generations how often all applications are started anew: a JIT compiler decides
 *     differently each time. Of each, the medians of its rounds count; six are the fewest that make
 *     a 95 % interval
 * @param warmRequests of each kind, fewer streamed ones, of each application before anything is
 *     measured; those that are paced in a comparison come {@value #WARM_PER_SECOND} a second
 * @param rounds per generation: in each, every application has its turn, in changing order
 * @param closed how long each is saturated in a round
 * @param open how long each is loaded at a fixed rate in a round
 * @param perSecond that rate; of libraries, 0: a closed loop
 * @param allocationRequests for counting allocation
 */
record Plan(
    int starts,
    int generations,
    int warmRequests,
    int rounds,
    Duration closed,
    Duration open,
    int perSecond,
    int allocationRequests) {

  /**
   * Warming leaves compilers half of the core. HotSpot compiles a method after more calls the
   * longer its queue is, so with a core full of requests they are not through after 120,000; at
   * this rate they have next to nothing left to do after 30,000.
   */
  static final int WARM_PER_SECOND = 500;

  /** Two minutes: shows what is far off. */
  static final Plan SHORT =
      new Plan(1, 1, 1_000, 2, Duration.ofSeconds(1), Duration.ofSeconds(2), 300, 300);

  /** Five minutes of starts only. */
  static final Plan STARTS = new Plan(15, 0, 0, 0, Duration.ZERO, Duration.ZERO, 300, 0);

  /** Twelve minutes for each application: plain answers only. */
  static final Plan PLAIN =
      new Plan(0, 6, 40_000, 4, Duration.ofSeconds(2), Duration.ofSeconds(3), 300, 0);

  /** Eight looks at a full core on the way there, each over so many requests. */
  static final Plan WARMING = new Plan(0, 6, 8_000, 8, Duration.ZERO, Duration.ZERO, 300, 0);

  /** A quarter of an hour for each application: three JVMs, four minutes each under samples. */
  static final Plan PROFILE =
      new Plan(0, 3, 40_000, 1, Duration.ZERO, Duration.ofMinutes(4), 300, 0);

  /** Half an hour for each application: for figures to publish. */
  static final Plan LONG =
      new Plan(7, 6, 40_000, 4, Duration.ofSeconds(2), Duration.ofSeconds(2), 300, 3_000);

  /** Ten seconds before each fault, and ten during it. */
  static final Plan FAULTS =
      new Plan(0, 1, 60_000, 1, Duration.ZERO, Duration.ofSeconds(10), 300, 0);

  /** A minute and a half for each library, less in a closed loop. */
  static final Plan LIBRARIES =
      new Plan(0, 1, 60_000, 25, Duration.ofMillis(180), Duration.ofMillis(400), 300, 0);

  /** How long an application is warmed with each kind of request. */
  Duration warm() {
    return Duration.ofMillis(warmRequests * 1000L / WARM_PER_SECOND);
  }

  /** How long a library is loaded in a round. */
  Duration turn() {
    return perSecond == 0 ? closed : open;
  }

  /** The same with another rate. */
  Plan at(int rate) {
    return new Plan(
        starts, generations, warmRequests, rounds, closed, open, rate, allocationRequests);
  }
}
