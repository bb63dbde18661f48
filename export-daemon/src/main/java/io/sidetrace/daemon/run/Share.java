package io.sidetrace.daemon.run;

import io.sidetrace.daemon.export.Lane;
import io.sidetrace.daemon.source.Again;
import java.time.Duration;

/**
 * A project's share of what is in flight. A project that is only busy holds up reading; one that is
 * stuck has its events returned to their source, so that the others go on. Thread-safe.
 */
final class Share implements Again {
  /** A lane that has answered for nothing for so long is stuck, though it has not failed yet. */
  private static final Duration SILENCE = Duration.ofSeconds(2);

  private static final Duration REST = Duration.ofSeconds(1);

  private final Lane<?> lane;
  private final InFlight inFlight;
  private volatile long leftNanos = System.nanoTime();

  Share(Lane<?> lane, InFlight inFlight) {
    this.lane = lane;
    this.inFlight = inFlight;
  }

  Lane<?> lane() {
    return lane;
  }

  void enter(int bytes) {
    if (inFlight.count() == 0) {
      leftNanos = System.nanoTime();
    }
    inFlight.enter(bytes);
  }

  void leave(int bytes) {
    inFlight.leave(bytes);
    leftNanos = System.nanoTime();
  }

  boolean isFull() {
    return !inFlight.hasRoom();
  }

  /** True if it is full and will not be otherwise soon. */
  boolean isStuck() {
    return isFull()
        && (lane.trouble() != null || System.nanoTime() - leftNanos > SILENCE.toNanos());
  }

  @Override
  public Duration rest() {
    return REST;
  }

  @Override
  public boolean may() {
    return !isFull();
  }
}
