package io.sidetrace.instrumentation.jdkhttpclient;

import io.sidetrace.agent.api.Context;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The client's future, but what depends on it runs in the caller's context. Like the client's it
 * can't be obtruded, and cancelling it or a stage that depends on it cancels the request.
 */
final class ContextFuture<T> extends CompletableFuture<T> {
  private final Future<?> request;

  private ContextFuture(Future<?> request) {
    this.request = request;
  }

  static <T> CompletableFuture<T> of(CompletableFuture<T> future, Context context) {
    ContextFuture<T> result = new ContextFuture<>(future);
    var unused =
        future.whenComplete(
            (value, failure) -> Context.run(context, () -> result.settle(value, failure)));
    return result;
  }

  private void settle(T value, @Nullable Throwable failure) {
    if (failure == null) {
      complete(value);
    } else {
      completeExceptionally(failure);
    }
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new ContextFuture<>(request);
  }

  /** This stage first: what cancelling the request fails would reach it as another failure. */
  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean running = !isDone();
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    return (running && mayInterruptIfRunning && request.cancel(true)) || cancelled;
  }

  @Override
  public void obtrudeValue(T value) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void obtrudeException(Throwable failure) {
    throw new UnsupportedOperationException();
  }
}
