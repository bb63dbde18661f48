package io.sidetrace.daemon.run;

import io.sidetrace.daemon.ops.ServiceManager;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that looks at the daemon every second. While nothing in it is broken, it tells systemd
 * so; when something is, it falls silent, and systemd restarts the daemon after {@code
 * WatchdogSec}.
 */
final class Pulse implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Pulse.class);
  private static final long BEAT_MILLIS = 1000;

  private final ServiceManager manager;
  private final Supplier<List<String>> broken;
  private final Supplier<String> words;
  private final Runnable look;
  private final Thread thread = new Thread(this::run, "sidetrace-pulse");
  private boolean silent;

  /**
   * @param broken what will not mend itself; empty while all is well
   * @param words how it is, for {@code systemctl status}
   * @param look called every second
   */
  Pulse(
      ServiceManager manager,
      Supplier<List<String>> broken,
      Supplier<String> words,
      Runnable look) {
    this.manager = manager;
    this.broken = broken;
    this.words = words;
    this.look = look;
    thread.setDaemon(true);
  }

  Pulse start() {
    manager.ready(words.get());
    thread.start();
    return this;
  }

  private void run() {
    Duration every = manager.pulse();
    long told = System.nanoTime();
    try {
      while (true) {
        Thread.sleep(BEAT_MILLIS);
        look();
        long now = System.nanoTime();
        // A beat early rather than late: the next look is a second away.
        if (every != null && now - told + BEAT_MILLIS * 1_000_000 >= every.toNanos()) {
          told = now;
          tell();
        }
      }
    } catch (InterruptedException e) {
      log.debug("{} stops", thread.getName());
    }
  }

  private void look() {
    try {
      look.run();
    } catch (RuntimeException e) {
      log.debug("cannot take the figures for the status", e);
    }
  }

  private void tell() {
    List<String> troubles = broken.get();
    if (troubles.isEmpty()) {
      manager.alive(words.get());
      silent = false;
    } else if (!silent) {
      log.error("{}; waiting for systemd to restart the daemon", String.join("; ", troubles));
      silent = true;
    }
  }

  /** Says that the daemon stops, and does not wait for the thread. */
  @Override
  public void close() {
    manager.stopping("sending what is in flight");
    thread.interrupt();
  }
}
