package io.sidetrace.daemon.ops;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds events that an agent numbered and that never came. Agents number without gaps, so a hole
 * that stays open is an event lost on the road. Order does not matter: a hole counts once it has
 * been open for a while, and no longer once it is filled. Thread-safe and bounded: of the processes
 * heard of last, {@value #MOST_INSTANCES}.
 */
public final class SequenceGaps {
  private static final int MOST_INSTANCES = 4096;

  private final long patienceNanos;
  private final Map<String, SequenceTrack> tracks =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SequenceTrack> eldest) {
          return size() > MOST_INSTANCES;
        }
      };

  /**
   * @param first the first missing number
   * @param last the last missing number
   */
  public record Gap(String instance, long first, long last, Duration age) {
    public long events() {
      return last - first + 1;
    }
  }

  /**
   * @param patience should be longer than an agent takes to feed its spool back into a Redis that
   *     was away
   */
  public SequenceGaps(Duration patience) {
    this.patienceNanos = patience.toNanos();
  }

  /**
   * @param number as the agent counts, from 0; a producer that does not count gives -1
   * @param continuous false if events before it may have gone to another daemon, or to this one in
   *     a former life: then what is missing below proves nothing
   */
  public synchronized void seen(String instance, long number, boolean continuous, long nowNanos) {
    if (number < 0) {
      return;
    }
    SequenceTrack track = tracks.computeIfAbsent(instance, i -> new SequenceTrack());
    if (continuous) {
      track.seen(number, nowNanos);
    } else {
      track.skipTo(number);
    }
  }

  /** From now on other daemons take a part: nothing that is missing so far proves anything. */
  public synchronized void skipAll() {
    tracks.values().forEach(SequenceTrack::skipAll);
  }

  /** What has been missing for longer than the patience. */
  public synchronized List<Gap> gaps(long nowNanos) {
    List<Gap> gaps = new ArrayList<>();
    tracks.forEach(
        (instance, track) ->
            track.holes(
                hole -> {
                  Duration age = Duration.ofNanos(nowNanos - hole.sinceNanos());
                  if (age.toNanos() >= patienceNanos) {
                    gaps.add(new Gap(instance, hole.first(), hole.last(), age));
                  }
                }));
    return gaps;
  }

  /** Events missing in all gaps, those included that found no place in memory. */
  public synchronized long missing(long nowNanos) {
    long forgotten = tracks.values().stream().mapToLong(SequenceTrack::beyondMemory).sum();
    return forgotten + gaps(nowNanos).stream().mapToLong(Gap::events).sum();
  }
}
