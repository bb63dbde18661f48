package io.sidetrace.agent.transport;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * What became of every event this process captured. At all times {@code captured = sent +
 * dropped(by cause) + queued}. Thread-safe.
 */
public final class Ledger {

  /** Why an event did not leave the process. */
  public enum Cause {
    /** the queue held {@code queue.max-events} */
    QUEUE_FULL("queueFull"),
    /** the queue held {@code queue.max-bytes} */
    BYTES_FULL("bytesFull"),
    /** the spool held {@code spool.max-bytes} */
    SPOOL_FULL("spoolFull"),
    /** the spool could not be written: no space, no permission, no directory */
    SPOOL_FAILED("spoolFailed"),
    /** written to a segment that someone deleted before it was handed over */
    SPOOL_DELETED("spoolDeleted"),
    /** an error of ours, told in the log */
    AGENT_ERROR("agentError"),
    /** the process stopped before the event could be written */
    STOPPED("stopped");

    private final String key;

    Cause(String key) {
      this.key = key;
    }

    /** Its name in {@code ledger.json}. */
    public String key() {
      return key;
    }
  }

  /**
   * The counts at one moment.
   *
   * @param captured events offered by application threads
   * @param sent answered for by Redis, or written to the spool
   * @param dropped by {@link Cause#key}, all of them
   * @param queued in the queue, being encoded or awaiting an answer
   * @param withoutBodies events among the captured whose bodies were dropped to save memory
   */
  public record Snapshot(
      long captured, long sent, Map<String, Long> dropped, long queued, long withoutBodies) {

    public long droppedInAll() {
      long sum = 0;
      for (long count : dropped.values()) {
        sum += count;
      }
      return sum;
    }

    /** For people: what did not leave, by cause; empty if all did. */
    public String notSent() {
      StringBuilder text = new StringBuilder();
      for (Map.Entry<String, Long> cause : dropped.entrySet()) {
        long count = cause.getValue();
        if (count > 0) {
          text.append(text.isEmpty() ? "" : ", ").append(count).append(' ').append(cause.getKey());
        }
      }
      if (queued > 0) {
        text.append(text.isEmpty() ? "" : ", ").append(queued).append(" still in memory");
      }
      return text.toString();
    }

    /** Events that no count accounts for. Anything but 0 is an error of ours. */
    public long missing() {
      return captured - sent - droppedInAll() - queued;
    }
  }

  private final LongAdder sent = new LongAdder();
  private final LongAdder withoutBodies = new LongAdder();
  private final Map<Cause, LongAdder> dropped = new EnumMap<>(Cause.class);

  public Ledger() {
    for (Cause cause : Cause.values()) {
      dropped.put(cause, new LongAdder());
    }
  }

  /** Events that another process will find now, whatever happens to this one. */
  public void sent(long events) {
    sent.add(events);
  }

  public void dropped(Cause cause, long events) {
    Objects.requireNonNull(dropped.get(cause)).add(events);
  }

  /** Events counted as sent before it showed that they were lost. */
  public void lost(Cause cause, long events) {
    sent.add(-events);
    dropped(cause, events);
  }

  public void withoutBodies() {
    withoutBodies.increment();
  }

  /**
   * @param accepted events the queue ever took
   * @param queued of these, what is still in the queue, the drainer or the transport
   */
  public Snapshot snapshot(long accepted, long queued) {
    Map<String, Long> counts = new LinkedHashMap<>();
    long captured = accepted;
    for (Map.Entry<Cause, LongAdder> entry : dropped.entrySet()) {
      Cause cause = entry.getKey();
      long count = entry.getValue().sum();
      counts.put(cause.key(), count);
      if (cause == Cause.QUEUE_FULL || cause == Cause.BYTES_FULL) {
        captured += count;
      }
    }
    return new Snapshot(captured, sent.sum(), counts, queued, withoutBodies.sum());
  }

  /** As {@link #snapshot(long, long)}, for who can't count what is queued: it is the rest. */
  public Snapshot snapshot(long accepted) {
    Snapshot counts = snapshot(accepted, 0);
    return new Snapshot(
        counts.captured, counts.sent, counts.dropped, counts.missing(), counts.withoutBodies);
  }
}
