package io.sidetrace.agent.pipeline;

import io.sidetrace.agent.api.Finished;
import io.sidetrace.agent.transport.Ledger;
import io.sidetrace.agent.transport.Ledger.Cause;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.varhandle.MpscVarHandleArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * What application threads have finished and the drainer has not taken yet; bounded by count and by
 * bytes. Any thread may offer, one takes.
 *
 * <p>An event's bytes are the arrays it holds, counted whole, plus {@value #EVENT_BYTES} for the
 * rest of it: to know it the event would have to be put together here, on the request's time.
 * Bodies may fill three quarters of the bytes; beyond that they are dropped and their events kept.
 */
public final class EventQueue {
  static final int EVENT_BYTES = 512;

  private final MpscVarHandleArrayQueue<Finished> events;
  private final int maxEvents;
  private final long maxBytes;
  private final long maxBytesWithBodies;
  private final long wakeBytes;
  private final Ledger ledger;
  private final AtomicLong bytes = new AtomicLong();
  private volatile @Nullable Thread drainer;

  /**
   * @param maxEvents 1 or more
   * @param maxBytes of all events together
   */
  public EventQueue(int maxEvents, long maxBytes, Ledger ledger) {
    // JCTools wants a capacity of at least 2.
    this.events = new MpscVarHandleArrayQueue<>(Math.max(2, maxEvents));
    this.maxEvents = maxEvents;
    this.maxBytes = maxBytes;
    this.maxBytesWithBodies = maxBytes / 4 * 3;
    // An event counts EVENT_BYTES or more, so this is a mark on the number of events too.
    this.wakeBytes = Math.min(maxBytes, (long) maxEvents * EVENT_BYTES) / 4;
    this.ledger = ledger;
  }

  /**
   * Adds an event without waiting, locking or, but for a full quarter, waking. Called on
   * application threads. What it holds belongs to the queue from here on.
   *
   * @return false iff the queue is full, by count or by bytes; the event is then dropped and
   *     counted under {@code dropped.queueFull} or {@code dropped.bytesFull}
   */
  public boolean offer(Finished event) {
    long size = size(event);
    long before = bytes.getAndAdd(size);
    if (before + size > maxBytesWithBodies && size > EVENT_BYTES) {
      bytes.addAndGet(-size);
      ledger.withoutBodies();
      return add(event.withoutBodies(), EVENT_BYTES, bytes.getAndAdd(EVENT_BYTES));
    }
    return add(event, size, before);
  }

  private boolean add(Finished event, long size, long before) {
    if (before + size > maxBytes) {
      return drop(Cause.BYTES_FULL, size);
    }
    if (!events.offerIfBelowThreshold(event, maxEvents)) {
      return drop(Cause.QUEUE_FULL, size);
    }
    if (before < wakeBytes && before + size >= wakeBytes) {
      LockSupport.unpark(drainer);
    }
    return true;
  }

  private boolean drop(Cause cause, long size) {
    bytes.addAndGet(-size);
    ledger.dropped(cause, 1);
    return false;
  }

  /** Unparks this thread when a quarter of the queue is full, so that it comes before its time. */
  void wakes(Thread drainer) {
    this.drainer = drainer;
  }

  /** The next event, null if there is none. Only the drainer calls this. */
  @Nullable Finished poll() {
    Finished event = events.relaxedPoll();
    if (event != null) {
      bytes.addAndGet(-size(event));
    }
    return event;
  }

  /** Whether so much has gathered that the drainer should not wait for its time. */
  boolean overMark() {
    return bytes.get() >= wakeBytes;
  }

  boolean isEmpty() {
    return events.isEmpty();
  }

  /** Events ever taken in: dropped ones are not among them. */
  long accepted() {
    return events.currentProducerIndex();
  }

  /** Events the drainer has taken out. */
  long taken() {
    return events.currentConsumerIndex();
  }

  private static long size(Finished event) {
    return EVENT_BYTES + event.heldBytes();
  }
}
