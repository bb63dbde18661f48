package io.sidetrace.daemon.source;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Wakes the one thread that waits at it. A ring before the wait is not lost; many rings are one, so
 * that settling a batch of a thousand costs one wake-up.
 */
public final class Bell {
  private final AtomicBoolean rung = new AtomicBoolean();
  private volatile @Nullable Thread waiting;

  public void ring() {
    if (!rung.getAndSet(true)) {
      LockSupport.unpark(waiting);
    }
  }

  /** Returns when rung, interrupted, or after {@code nanos}. */
  public void await(long nanos) {
    waiting = Thread.currentThread();
    if (!rung.get()) {
      LockSupport.parkNanos(this, nanos);
    }
    rung.set(false);
  }
}
