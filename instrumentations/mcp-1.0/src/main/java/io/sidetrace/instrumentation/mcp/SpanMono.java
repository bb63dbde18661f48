package io.sidetrace.instrumentation.mcp;

import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.Span;
import io.sidetrace.instrumentation.mcp.McpAdvice.Asked;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;

/**
 * The client's answer; each subscription is a span, since each asks the server anew. It is a child
 * of where it is subscribed, or of where the client was called if that is in no trace.
 */
final class SpanMono<T> extends MonoOperator<T, T> {
  private final Asked asked;

  SpanMono(Mono<T> answer, Asked asked) {
    super(answer);
    this.asked = asked;
  }

  @Override
  public void subscribe(CoreSubscriber<? super T> subscriber) {
    Context current = Context.current();
    Context caller = current == null ? asked.caller() : current;
    Span span = Span.beginDetached(caller, asked.name(), asked.type());
    if (span == null || caller == null) {
      source.subscribe(subscriber);
      return;
    }
    Context.run(
        span.context(), () -> source.subscribe(new SpanSubscriber<>(subscriber, span, caller)));
  }
}
