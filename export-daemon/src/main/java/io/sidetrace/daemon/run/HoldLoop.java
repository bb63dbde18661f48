package io.sidetrace.daemon.run;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that ends waits. It sleeps while nothing is held. */
final class HoldLoop implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HoldLoop.class);

  private static final long POLL_MILLIS = 50;

  private final Hold hold;
  private final Pipeline pipeline;
  private final Thread thread;

  HoldLoop(Hold hold, Pipeline pipeline) {
    this.hold = hold;
    this.pipeline = pipeline;
    this.thread = new Thread(this::run, "sidetrace-hold");
    thread.setDaemon(true);
  }

  HoldLoop start() {
    thread.start();
    return this;
  }

  private void run() {
    try {
      while (true) {
        hold.await();
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS); // nothing is due sooner
        pipeline.releaseExpired();
      }
    } catch (InterruptedException e) {
      log.debug("{} stops", thread.getName());
    }
  }

  /** Keeps what waits: whoever reads it again would know less of its trace. Waits 1 s at most. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(1000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    pipeline.releaseAll();
  }
}
