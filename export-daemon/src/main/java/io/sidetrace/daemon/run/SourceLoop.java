package io.sidetrace.daemon.run;

import io.sidetrace.daemon.source.Bell;
import io.sidetrace.daemon.source.Intake;
import io.sidetrace.daemon.source.Source;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread of a source: acknowledges, reads while there is room, and waits otherwise. */
final class SourceLoop implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SourceLoop.class);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  /** Waits within a step are bounded, and add up to a few seconds. */
  private static final Duration STUCK = Duration.ofMinutes(2);

  private final Source source;
  private final Intake intake;
  private final InFlight inFlight;
  private final Bell bell;
  private final long idleNanos;
  private final Thread thread;
  private final CountDownLatch readsNoMore = new CountDownLatch(1);
  private volatile boolean reading = true;
  private volatile boolean running = true;
  private volatile long movedNanos = System.nanoTime();
  private boolean failed;

  /**
   * @param bell rung when the source should be looked at before {@code idle} is over
   */
  SourceLoop(Source source, Intake intake, InFlight inFlight, Bell bell, Duration idle) {
    this.source = source;
    this.intake = intake;
    this.inFlight = inFlight;
    this.bell = bell;
    this.idleNanos = idle.toNanos();
    this.thread = new Thread(this::run, "sidetrace-source-" + source.name());
    thread.setDaemon(true);
  }

  SourceLoop start() {
    thread.start();
    return this;
  }

  Source source() {
    return source;
  }

  /** False if the thread is gone, which only a defect can cause. */
  boolean isAlive() {
    return thread.isAlive();
  }

  /** True if its thread has been at one and the same step for longer than any step may take. */
  boolean isStuck() {
    return System.nanoTime() - movedNanos > STUCK.toNanos() + idleNanos;
  }

  /** Begins no further read; what was read is still acknowledged. */
  void stopReading() {
    reading = false;
    bell.ring();
  }

  /**
   * After {@link #stopReading}: waits until the read that was under way has handed on what it
   * found, so that nobody takes an empty daemon for one that is done.
   */
  void awaitLastRead(long nanos) throws InterruptedException {
    if (!readsNoMore.await(nanos, TimeUnit.NANOSECONDS)) {
      log.debug("{} is still reading", thread.getName());
    }
  }

  private void run() {
    while (running) {
      movedNanos = System.nanoTime();
      if (!step()) {
        bell.await(idleNanos);
      }
    }
    acknowledge();
    source.close();
  }

  private boolean step() {
    try {
      source.acknowledge();
      if (!reading) {
        readsNoMore.countDown();
      }
      boolean more = reading && inFlight.hasRoom() && intake.hasRoom() && source.read(intake);
      failed = false;
      return more;
    } catch (RuntimeException e) {
      if (!failed) {
        log.error("reading from {} failed; trying again", source.name(), e);
      }
      failed = true;
      bell.await(AFTER_FAILURE.toNanos());
      return false;
    }
  }

  private void acknowledge() {
    try {
      source.acknowledge();
    } catch (RuntimeException e) {
      log.warn("{} may repeat events after a restart", source.name(), e);
    }
  }

  /** Acknowledges what is settled and closes the source. Waits 2 s at most. */
  @Override
  public void close() {
    running = false;
    reading = false;
    bell.ring();
    try {
      thread.join(2000);
      if (thread.isAlive()) {
        log.warn("{} did not stop in time", thread.getName());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
