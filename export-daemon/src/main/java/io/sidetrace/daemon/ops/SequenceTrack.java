package io.sidetrace.daemon.ops;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The sequence numbers of one agent process, as ranges: what came in order is one number, what came
 * ahead of something missing is kept aside. Bounded; not thread-safe.
 */
final class SequenceTrack {
  static final int MOST_RANGES = 256;

  /** All below are received, or nobody can say. */
  private long next = -1;

  /** By first number: what came beyond {@link #next}. */
  private final TreeMap<Long, Range> ahead = new TreeMap<>();

  private boolean anchored;
  private long beyondMemory;

  /**
   * @param sinceNanos when the hole before it was first seen
   */
  private record Range(long last, long sinceNanos) {}

  /** Numbers that are missing, both ends included. */
  record Hole(long first, long last, long sinceNanos) {}

  void seen(long number, long nowNanos) {
    if (!anchored) {
      // What came before it may have been settled by a former daemon, though later than some of
      // what was left behind.
      anchored = true;
      skipTo(number);
    } else if (number == next) {
      next = number + 1;
      swallow();
    } else if (number > next) {
      putAside(number, nowNanos);
    }
  }

  /** What is missing below {@code number} went another way, for all we know. */
  void skipTo(long number) {
    next = Math.max(next, number + 1);
    swallow();
  }

  /** Forgets all holes. */
  void skipAll() {
    if (!ahead.isEmpty()) {
      skipTo(ahead.lastEntry().getValue().last());
    }
  }

  private void putAside(long number, long nowNanos) {
    Map.Entry<Long, Range> before = ahead.floorEntry(number);
    if (before != null && before.getValue().last() >= number) {
      return; // a repeat
    }
    Range after = ahead.get(number + 1);
    long last = after == null ? number : after.last();
    ahead.remove(number + 1);
    if (before != null && before.getValue().last() == number - 1) {
      ahead.put(before.getKey(), new Range(last, before.getValue().sinceNanos()));
    } else {
      // Within an old hole both halves are as old as the whole was.
      Map.Entry<Long, Range> above = ahead.higherEntry(number);
      long since =
          after != null
              ? after.sinceNanos()
              : above != null ? above.getValue().sinceNanos() : nowNanos;
      ahead.put(number, new Range(last, since));
    }
    if (ahead.size() > MOST_RANGES) {
      beyondMemory += ahead.firstKey() - next;
      next = ahead.firstKey();
      swallow();
    }
  }

  private void swallow() {
    while (!ahead.isEmpty() && ahead.firstKey() <= next) {
      next = Math.max(next, ahead.pollFirstEntry().getValue().last() + 1);
    }
  }

  void holes(Consumer<Hole> to) {
    long from = next;
    for (Map.Entry<Long, Range> range : ahead.entrySet()) {
      to.accept(new Hole(from, range.getKey() - 1, range.getValue().sinceNanos()));
      from = range.getValue().last() + 1;
    }
  }

  /** Numbers missing in holes that found no place in memory any more. */
  long beyondMemory() {
    return beyondMemory;
  }
}
