package io.sidetrace.daemon;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Waits for a condition, with a deadline. */
public final class Await {
  private Await() {}

  public static void until(Callable<Boolean> condition, Supplier<String> otherwise)
      throws Exception {
    until(Duration.ofSeconds(20), condition, otherwise);
  }

  public static void until(
      Duration deadline, Callable<Boolean> condition, Supplier<String> otherwise) throws Exception {
    long end = System.nanoTime() + deadline.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not within " + deadline + ": " + otherwise.get());
      }
      Thread.sleep(10);
    }
  }
}
