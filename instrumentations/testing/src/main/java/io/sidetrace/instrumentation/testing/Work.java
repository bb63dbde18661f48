package io.sidetrace.instrumentation.testing;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The work of {@link HopContract}, as types of tasks want it. */
public final class Work {

  private Work() {}

  /** Hands a lambda over and waits until it has run, ten seconds at most. */
  public static Object lambda(Consumer<Runnable> executor, Callable<Object> work) throws Exception {
    var seen = new CompletableFuture<Object>();
    executor.accept(
        () -> {
          try {
            seen.complete(work.call());
          } catch (Exception e) {
            seen.completeExceptionally(e);
          }
        });
    return seen.get(10, TimeUnit.SECONDS);
  }

  /** For who can't throw what the work throws. */
  public static Object call(Callable<Object> work) {
    try {
      return work.call();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
