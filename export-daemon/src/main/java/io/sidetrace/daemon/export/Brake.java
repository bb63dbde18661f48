package io.sidetrace.daemon.export;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slows all senders of a lane together: when the receiver is down or asks for rest, more requests
 * beside the failed one would only make it worse. The pauses double up to a limit, with jitter so
 * that several daemons do not come back at the same moment.
 */
final class Brake {
  private static final Logger log = LoggerFactory.getLogger(Brake.class);
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /** Keys are mended by a person, so asking more often only fills the receiver's log. */
  private static final Duration MISCONFIGURED = Duration.ofSeconds(30);

  private static final Duration LONGEST_ASKED = Duration.ofMinutes(10);

  private final String lane;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition released = lock.newCondition();
  private long untilNanos = System.nanoTime();
  private int failures;
  private long retries;
  private @Nullable String trouble;

  Brake(String lane) {
    this.lane = lane;
  }

  /** Waits while the lane rests. */
  void await() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      for (long left = left(); left > 0; left = left()) {
        released.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private long left() {
    return untilNanos - System.nanoTime();
  }

  /** The receiver answered: whatever it said of the batch, it works. */
  void release() {
    lock.lock();
    try {
      if (trouble != null) {
        log.info("{} works again after {} failed requests", lane, failures);
      }
      trouble = null;
      failures = 0;
      untilNanos = System.nanoTime();
      released.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void press(Outcome.Retry retry) {
    Duration asked = retry.after();
    lock.lock();
    try {
      Duration pause = asked == null ? backoff() : min(asked, LONGEST_ASKED);
      if (fail(retry.reason(), pause)) {
        log.warn("{} does not take events: {}; trying again, they are kept", lane, retry.reason());
      }
    } finally {
      lock.unlock();
    }
  }

  void press(Outcome.Misconfigured misconfigured) {
    String reason = misconfigured.reason();
    lock.lock();
    try {
      if (fail(reason, MISCONFIGURED)) {
        log.error("{} refuses this daemon: {}. Nothing is exported; events are kept", lane, reason);
      }
    } finally {
      lock.unlock();
    }
  }

  /** What is wrong, for people; null if nothing is. */
  @Nullable String trouble() {
    lock.lock();
    try {
      return trouble;
    } finally {
      lock.unlock();
    }
  }

  /** Requests that had to be sent again, since the start. */
  long retries() {
    lock.lock();
    try {
      return retries;
    } finally {
      lock.unlock();
    }
  }

  /**
   * @return true if this is news
   */
  private boolean fail(String reason, Duration pause) {
    failures++;
    retries++;
    untilNanos = Math.max(untilNanos, System.nanoTime() + pause.toNanos());
    boolean news = trouble == null;
    trouble = reason;
    return news;
  }

  /** Full jitter: anything up to the limit, which spreads many daemons best. */
  private Duration backoff() {
    long limit = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(failures, 16));
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(limit + 1));
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
