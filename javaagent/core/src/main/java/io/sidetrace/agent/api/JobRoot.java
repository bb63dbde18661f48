package io.sidetrace.agent.api;

import io.sidetrace.event.Event;
import io.sidetrace.event.Pieces;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The root of a job's trace, held back until something inside it is worth recording. Any thread.
 */
final class JobRoot {
  private final Tracer tracer;
  private final AtomicReference<@Nullable Event> held = new AtomicReference<>();
  private volatile boolean used;

  JobRoot(Tracer tracer) {
    this.tracer = tracer;
  }

  /** Something begins inside the job, maybe after it ended. */
  void use() {
    if (!used) {
      used = true;
      release();
    }
  }

  void ended(Event event) {
    held.set(event);
    if (used) {
      release();
    }
  }

  private void release() {
    Event event = held.getAndSet(null);
    if (event != null) {
      tracer.offer(event, Pieces.NONE, Pieces.NONE);
    }
  }
}
