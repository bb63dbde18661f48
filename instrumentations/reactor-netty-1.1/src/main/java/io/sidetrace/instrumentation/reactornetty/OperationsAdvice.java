package io.sidetrace.instrumentation.reactornetty;

import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.Outgoing;
import io.sidetrace.agent.api.Previous;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.client.HttpClientInfos;

/** Around the operations of one exchange on its channel. */
public final class OperationsAdvice {

  private OperationsAdvice() {}

  /** A connection was made or found in the pool, and the request is about to be sent. */
  public static void begin(Object handler, ChannelOperations<?, ?> operations) {
    @Nullable Traced traced = operations.currentContext().getOrDefault(Traced.KEY, null);
    if (traced != null && operations instanceof HttpClientInfos request) {
      traced.attempt(operations, request.method().name(), request.resourceUrl());
    }
    Traced.put(operations.channel(), traced);
  }

  /** What the application does with each part of the answer. */
  public static @Nullable Previous enter(ChannelOperations<?, ?> operations) {
    Traced traced = Traced.of(operations.channel());
    Context caller = traced == null ? null : traced.out().caller();
    return caller == null ? null : Previous.attach(caller);
  }

  public static void exit(@Nullable Previous previous) {
    Previous.restore(previous);
  }

  public static void cancel(ChannelOperations<?, ?> operations) {
    Outgoing out = Traced.of(operations);
    if (out != null) {
      out.closedEarly();
    }
  }

  /** Who reads the body hears of it next, in the caller's context. */
  public static @Nullable Previous fail(ChannelOperations<?, ?> operations, Throwable failure) {
    Outgoing out = Traced.of(operations);
    if (out == null) {
      return null;
    }
    out.end(failure);
    return Previous.attach(out.caller());
  }
}
