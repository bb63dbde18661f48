package io.sidetrace.daemon.shape.trace;

import io.sidetrace.event.Event;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells whether all was seen that a process captured during a request. Agents number events without
 * gaps; what is missing was dropped there, is yet to come, was settled by an earlier daemon, or
 * went to another one. Not thread-safe.
 */
public final class Continuity {
  private static final int MAX_INSTANCES = 1024;
  private static final int MAX_GAPS = 1000;

  /** Threads put their events into the agent's queue a moment after these ended. */
  private static final long JITTER_MICROS = 100_000;

  private final Map<String, Instance> instances =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instance> eldest) {
          return size() > MAX_INSTANCES;
        }
      };

  /**
   * Numbers that were not seen.
   *
   * @param endMicros when the event after them ended: they ended before
   */
  private record Gap(long from, long to, long endMicros) {}

  private static final class Instance {
    final ArrayDeque<Gap> gaps = new ArrayDeque<>(2);
    long next;

    /** Of gaps that were forgotten, the latest. */
    long blindUntilMicros = Long.MIN_VALUE;
  }

  public void see(Event event) {
    long number = event.sequence();
    if (number < 0) {
      return; // a producer that does not count
    }
    Instance instance =
        instances.computeIfAbsent(event.origin().instance(), name -> new Instance());
    if (number == instance.next) {
      instance.next++;
    } else if (number > instance.next) {
      instance.gaps.add(new Gap(instance.next, number - 1, end(event)));
      instance.next = number + 1;
      if (instance.gaps.size() > MAX_GAPS) {
        Gap oldest = instance.gaps.removeFirst();
        instance.blindUntilMicros = Math.max(instance.blindUntilMicros, oldest.endMicros);
      }
    } else {
      fill(instance, number);
    }
  }

  private static void fill(Instance instance, long number) {
    Iterator<Gap> gaps = instance.gaps.iterator();
    while (gaps.hasNext()) {
      Gap gap = gaps.next();
      if (number >= gap.from && number <= gap.to) {
        gaps.remove();
        if (gap.from < number) {
          instance.gaps.addFirst(new Gap(gap.from, number - 1, gap.endMicros));
        }
        if (number < gap.to) {
          instance.gaps.addFirst(new Gap(number + 1, gap.to, gap.endMicros));
        }
        return;
      }
    }
  }

  /** False if something that ended during the request may be missing. */
  public boolean isWhole(Event request) {
    Instance instance = instances.get(request.origin().instance());
    if (request.sequence() < 0 || instance == null) {
      return true;
    }
    long begin = request.startMicros() - JITTER_MICROS;
    if (instance.blindUntilMicros >= begin) {
      return false;
    }
    for (Gap gap : instance.gaps) {
      if (gap.from < request.sequence() && gap.endMicros >= begin) {
        return false;
      }
    }
    return true;
  }

  private static long end(Event event) {
    return event.startMicros() + event.durationNanos() / 1000;
  }
}
