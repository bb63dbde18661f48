package io.sidetrace.instrumentation.reactornetty;

import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Context;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.client.HttpClientInfos;

/** Around the operations of one exchange on its channel. */
public final class OperationsAdvice {

  private OperationsAdvice() {}

  record Delivery(@Nullable Context previous) {}

  /** A connection was made or found in the pool, and the request is about to be sent. */
  public static void begin(Object handler, ChannelOperations<?, ?> operations) {
    @Nullable Traced traced = operations.currentContext().getOrDefault(Traced.KEY, null);
    if (traced != null && operations instanceof HttpClientInfos request) {
      traced.attempt(operations, request.method().name(), request.resourceUrl());
    }
    Traced.put(operations.channel(), traced);
  }

  /** What the application does with each part of the answer. */
  public static @Nullable Delivery enter(ChannelOperations<?, ?> operations) {
    Traced traced = Traced.of(operations.channel());
    return traced == null || traced.caller() == null
        ? null
        : new Delivery(Context.attach(traced.caller()));
  }

  public static void exit(@Nullable Delivery delivery) {
    if (delivery != null) {
      Context.restore(delivery.previous);
    }
  }

  public static void cancel(ChannelOperations<?, ?> operations) {
    ClientCall call = Traced.call(operations);
    if (call != null) {
      call.closedEarly();
    }
  }

  public static void fail(ChannelOperations<?, ?> operations, Throwable failure) {
    ClientCall call = Traced.call(operations);
    if (call != null) {
      call.end(failure);
    }
  }
}
