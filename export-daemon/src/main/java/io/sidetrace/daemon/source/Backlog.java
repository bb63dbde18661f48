package io.sidetrace.daemon.source;

import java.util.List;

/**
 * What lies in a source at a moment.
 *
 * @param unit what is counted: segments or entries
 * @param waiting how many nobody has read yet, as far as the source can tell
 * @param claimed how many daemons have read and not settled; 0 where the source does not know
 * @param bytes of all of them; -1 if unknown
 * @param oldestMillis when the oldest was written, since the epoch; 0 if nothing is there
 * @param shared true if other daemons read from it as well
 * @param unknown parts that can't be told now, and are not in the sums
 */
public record Backlog(
    String unit,
    long waiting,
    long claimed,
    long bytes,
    long oldestMillis,
    boolean shared,
    List<String> unknown) {

  /** Both together; their bytes are unknown. */
  Backlog plus(Backlog other) {
    long oldest =
        oldestMillis == 0 || other.oldestMillis == 0
            ? Math.max(oldestMillis, other.oldestMillis)
            : Math.min(oldestMillis, other.oldestMillis);
    return new Backlog(
        unit,
        waiting + other.waiting,
        claimed + other.claimed,
        -1,
        oldest,
        shared || other.shared,
        unknown);
  }

  Backlog without(List<String> parts) {
    return new Backlog(unit, waiting, claimed, bytes, oldestMillis, shared, List.copyOf(parts));
  }
}
