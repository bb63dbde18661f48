package io.sidetrace.harness;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for what other processes do: a condition and a deadline. */
public final class Await {
  private static final long PAUSE_MILLIS = 10;

  private Await() {}

  /**
   * Returns as soon as the condition holds.
   *
   * @param what for the message: {@code "the trace of request 7"}
   * @throws AssertionError when the time is over
   */
  public static void until(String what, Duration limit, BooleanSupplier condition) {
    until(what, limit, condition, () -> "");
  }

  /** As {@link #until(String, Duration, BooleanSupplier)}; the message tells the state as well. */
  public static void until(
      String what, Duration limit, BooleanSupplier condition, Supplier<String> state) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(
            "waited " + limit.toMillis() + " ms in vain for " + what + "\n" + state.get());
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
