package io.sidetrace.agent.pipeline;

import io.sidetrace.agent.config.AgentConfig;
import io.sidetrace.agent.log.Log;
import io.sidetrace.agent.transport.Ledger;
import io.sidetrace.event.Event.Origin;
import java.util.concurrent.TimeUnit;

/**
 * The agent's road from application threads to the transport: a queue, and a thread that empties
 * it.
 */
public final class Pipeline implements AutoCloseable {
  /** How long Redis may take to answer while the process ends; what is left goes to the spool. */
  private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** All that a process's end may be held up by us. */
  private static final long STOP_NANOS = TimeUnit.MILLISECONDS.toNanos(900);

  private final Ledger ledger = new Ledger();
  private final EventQueue queue;
  private final DrainerThread drainer;
  private final Thread hook = new StopHook();
  private final Log log;

  private Pipeline(AgentConfig config, Origin origin, Log log) {
    this.log = log;
    this.queue = new EventQueue(config.queueMaxEvents(), config.queueMaxBytes(), ledger);
    this.drainer = new DrainerThread(config, origin, queue, ledger, log);
    queue.wakes(drainer);
  }

  /**
   * Starts the drainer thread and returns at once; files and connections are opened on that thread,
   * with the first event or after a second.
   *
   * @param origin as on all events, see {@link io.sidetrace.agent.config.Instance}
   */
  public static Pipeline start(AgentConfig config, Origin origin, Log log) {
    Pipeline pipeline = new Pipeline(config, origin, log);
    pipeline.drainer.start();
    try {
      Runtime.getRuntime().addShutdownHook(pipeline.hook);
    } catch (IllegalStateException e) {
      log.debug("the process is ending already: " + e.getMessage());
    }
    return pipeline;
  }

  /** Where finished events go. */
  public EventQueue queue() {
    return queue;
  }

  /** The counts now; what is neither sent nor dropped is taken to be queued. */
  public Ledger.Snapshot counts() {
    return ledger.snapshot(queue.accepted());
  }

  /**
   * Hands over what there is and ends the thread, within a second. For tests, and for an agent that
   * switches itself off.
   */
  @Override
  public void close() {
    drainer.end(LATE_NANOS);
    await();
    try {
      drainer.join(TimeUnit.NANOSECONDS.toMillis(STOP_NANOS - LATE_NANOS));
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException e) {
      log.debug("the process ends as well: " + e.getMessage());
    }
  }

  private void await() {
    try {
      if (!drainer.awaitSettled(STOP_NANOS)) {
        log.debug("the drainer is still busy as the process ends");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Ledger.Snapshot counts = counts();
    if (!counts.notSent().isEmpty()) {
      log.info("of " + counts.captured() + " events, not handed over: " + counts.notSent());
    }
  }

  /** No lambda: it is made before {@code main}, where the first one is dear. */
  private final class StopHook extends Thread {
    private StopHook() {
      super("sidetrace-stop");
    }

    @Override
    public void run() {
      drainer.hurry(LATE_NANOS);
      await();
    }
  }
}
