package io.sidetrace.instrumentation.mcp;

import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.Span;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/**
 * Whoever waits for a server's answer. What it asks for runs inside the span, what it is told
 * outside: the span has ended by then.
 */
final class SpanSubscriber<T> implements CoreSubscriber<T>, Subscription {
  private final CoreSubscriber<? super T> subscriber;
  private final Span span;
  private final Context caller;
  private volatile @Nullable Subscription subscription;

  SpanSubscriber(CoreSubscriber<? super T> subscriber, Span span, Context caller) {
    this.subscriber = subscriber;
    this.span = span;
    this.caller = caller;
  }

  @Override
  public reactor.util.context.Context currentContext() {
    return subscriber.currentContext();
  }

  @Override
  public void onSubscribe(Subscription upstream) {
    subscription = upstream;
    Context.run(caller, () -> subscriber.onSubscribe(this));
  }

  @Override
  public void onNext(T answer) {
    span.end(failure(answer));
    Context.run(caller, () -> subscriber.onNext(answer));
  }

  @Override
  public void onError(Throwable failure) {
    span.end(failure);
    Context.run(caller, () -> subscriber.onError(failure));
  }

  @Override
  public void onComplete() {
    span.end(null);
    Context.run(caller, subscriber::onComplete);
  }

  @Override
  public void request(long count) {
    Subscription upstream = subscription;
    if (upstream != null) {
      Context.run(span.context(), () -> upstream.request(count));
    }
  }

  @Override
  public void cancel() {
    span.end(null);
    Subscription upstream = subscription;
    if (upstream != null) {
      upstream.cancel();
    }
  }

  /** A tool that failed says so in its result. */
  private static @Nullable Throwable failure(Object answer) {
    return answer instanceof CallToolResult tool && Boolean.TRUE.equals(tool.isError())
        ? new ToolFailed()
        : null;
  }

  /** Without a stack, which would be ours. */
  private static final class ToolFailed extends Exception {
    ToolFailed() {
      super("the tool's result is an error", null, false, false);
    }
  }
}
