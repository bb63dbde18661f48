package io.sidetrace.agent.pipeline;

import io.sidetrace.agent.config.AgentConfig;
import io.sidetrace.agent.log.Log;
import io.sidetrace.agent.transport.Ledger;
import io.sidetrace.agent.transport.Ledger.Snapshot;
import io.sidetrace.agent.transport.Transport;
import io.sidetrace.agent.transport.Transports;
import io.sidetrace.event.Event.Origin;
import io.sidetrace.event.Frame;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/**
 * The daemon thread {@code sidetrace-drainer}. It comes ten times a second, or when the queue fills
 * up. It opens the transport once an event is there or a second has passed: programs that end
 * sooner, and the way to {@code main}, are not to notice us.
 */
final class DrainerThread extends Thread {
  private static final long CALM_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long HURRY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long START_NANOS = TimeUnit.SECONDS.toNanos(1);

  private enum Pace {
    RUN,
    /** The process ends, but may well finish requests meanwhile. */
    HURRY,
    STOP
  }

  private final AgentConfig config;
  private final Origin origin;
  private final EventQueue queue;
  private final Ledger ledger;
  private final Log log;
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile Pace pace = Pace.RUN;
  private volatile long lateAt;

  DrainerThread(AgentConfig config, Origin origin, EventQueue queue, Ledger ledger, Log log) {
    // Without the thread locals of whoever starts us.
    super(null, null, "sidetrace-drainer", 0, false);
    setDaemon(true);
    setContextClassLoader(DrainerThread.class.getClassLoader());
    this.config = config;
    this.origin = origin;
    this.queue = queue;
    this.ledger = ledger;
    this.log = log;
  }

  /** Hands over what there is, and from now on whatever comes without delay. */
  void hurry(long lateInNanos) {
    hasten(Pace.HURRY, lateInNanos);
  }

  /** As {@link #hurry}, and ends the thread after that. */
  void end(long lateInNanos) {
    hasten(Pace.STOP, lateInNanos);
  }

  /**
   * @return whether everything was handed over or dropped in time
   */
  boolean awaitSettled(long nanos) throws InterruptedException {
    return done.await(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void run() {
    try {
      awaitFirstEvent();
      if (pace == Pace.STOP && queue.isEmpty()) {
        return;
      }
      try (Transport transport = Transports.open(config, origin, ledger, log)) {
        drain(transport);
      }
    } catch (Throwable e) {
      log.warn("drainer", "the drainer thread ended, events are dropped from now on", e);
    } finally {
      done.countDown();
    }
  }

  private void hasten(Pace to, long lateInNanos) {
    lateAt = System.nanoTime() + lateInNanos;
    pace = to;
    LockSupport.unpark(this);
  }

  private void awaitFirstEvent() {
    long start = System.nanoTime();
    while (queue.isEmpty() && pace != Pace.STOP && System.nanoTime() - start < START_NANOS) {
      if (pace == Pace.HURRY) {
        done.countDown();
      }
      pause();
    }
  }

  private void drain(Transport transport) {
    UnaryOperator<Frame> filter =
        config.content() ? UnaryOperator.identity() : new WithoutContent();
    Drainer drainer = new Drainer(queue, filter, transport, ledger, log);
    LedgerFile file = new LedgerFile(origin, transport);
    while (!round(drainer, transport, file)) {
      if (!queue.overMark()) {
        pause();
      }
    }
  }

  /**
   * @return true if it was the last
   */
  private boolean round(Drainer drainer, Transport transport, LedgerFile file) {
    Pace now = pace;
    boolean late = now != Pace.RUN && System.nanoTime() - lateAt >= 0;
    try {
      drainer.drain();
      boolean settled = now != Pace.RUN && transport.settle(late);
      if (now == Pace.STOP && late) {
        drainer.dropRest();
      }
      Snapshot counts = drainer.counts();
      file.publish(counts, now != Pace.RUN);
      if (settled && counts.queued() == 0) {
        done.countDown();
        return now == Pace.STOP;
      }
    } catch (Throwable e) {
      // The one place where all is caught: the next round may work, and the application goes on.
      log.warn("drainer", "an error in the drainer thread; please report this", e);
      drainer.reconcile();
    }
    return now == Pace.STOP && late;
  }

  private void pause() {
    // An interrupt is not for us to obey, and would turn the next pause into none.
    boolean ignored = Thread.interrupted();
    LockSupport.parkNanos(this, pace == Pace.RUN ? CALM_NANOS : HURRY_NANOS);
  }
}
