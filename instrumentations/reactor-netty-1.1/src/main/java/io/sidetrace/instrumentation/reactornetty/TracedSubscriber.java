package io.sidetrace.instrumentation.reactornetty;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.util.context.Context;

/** Waits for the head of an answer; what follows it runs in the caller's context. */
final class TracedSubscriber<T> implements CoreSubscriber<T>, Subscription {
  private final CoreSubscriber<? super T> actual;
  private final Traced traced;
  private final Context context;
  private @Nullable Subscription subscription;
  private volatile boolean answered;

  TracedSubscriber(CoreSubscriber<? super T> actual, Traced traced) {
    this.actual = actual;
    this.traced = traced;
    this.context = actual.currentContext().put(Traced.KEY, traced);
  }

  @Override
  public Context currentContext() {
    return context;
  }

  @Override
  public void onSubscribe(Subscription upstream) {
    subscription = upstream;
    actual.onSubscribe(this);
  }

  @Override
  public void request(long count) {
    if (subscription != null) {
      subscription.request(count);
    }
  }

  /** Once there is an answer, its body is what is cancelled. */
  @Override
  public void cancel() {
    if (!answered) {
      traced.out().closedEarly();
    }
    if (subscription != null) {
      subscription.cancel();
    }
  }

  @Override
  public void onNext(T connection) {
    answered = true;
    inCallersContext(() -> actual.onNext(connection));
  }

  @Override
  public void onError(Throwable failure) {
    traced.out().end(failure);
    inCallersContext(() -> actual.onError(failure));
  }

  @Override
  public void onComplete() {
    inCallersContext(actual::onComplete);
  }

  private void inCallersContext(Runnable signal) {
    io.sidetrace.agent.api.Context.run(traced.out().caller(), signal);
  }
}
