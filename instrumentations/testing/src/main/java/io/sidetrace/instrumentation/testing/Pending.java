package io.sidetrace.instrumentation.testing;

import io.sidetrace.instrumentation.testing.Caller.Cancel;
import io.sidetrace.instrumentation.testing.Caller.Incoming;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** An answer that is to come; cancelled, the library cancels the call. */
public final class Pending extends CompletableFuture<Incoming> {
  private final Cancel cancel;

  public Pending(Cancel cancel) {
    this.cancel = cancel;
  }

  /** Waits for the answer, for who can't throw what that throws. */
  void completeBy(Callable<Incoming> call) {
    try {
      complete(call.call());
    } catch (Exception e) {
      completeExceptionally(e);
    }
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    try {
      cancel.run();
    } catch (Exception e) {
      throw new IllegalStateException("the library does not cancel", e);
    }
    return super.cancel(mayInterruptIfRunning);
  }
}
