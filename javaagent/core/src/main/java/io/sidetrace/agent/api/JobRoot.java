package io.sidetrace.agent.api;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The root of a job's trace, held back until something inside it is worth recording. Any thread.
 */
final class JobRoot {
  private final Tracer tracer;
  private final AtomicReference<@Nullable Finished> held = new AtomicReference<>();
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

  void ended(Finished root) {
    held.set(root);
    if (used) {
      release();
    }
  }

  private void release() {
    Finished root = held.getAndSet(null);
    if (root != null) {
      tracer.offer(root);
    }
  }
}
