package io.sidetrace.instrumentation.jdkhttpclient;

import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.Outgoing;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Around {@code HttpClientImpl.sendAsync}. */
public final class SendAdvice {
  /** What the builder makes is another class; this one is internal and may be a WebSocket's. */
  private static final String INTERNAL_REQUEST = "jdk.internal.net.http.HttpRequestImpl";

  private SendAdvice() {}

  /**
   * @param caller what the future's dependents run in; null: nothing, or nobody sees the future
   */
  record Sending(Outgoing out, HttpRequest request, @Nullable Context caller) {}

  /**
   * @param executor null for {@code send}, which waits for the future itself
   */
  public static @Nullable Sending enter(
      Object client,
      HttpRequest request,
      BodyHandler<?> handler,
      PushPromiseHandler<?> pushes,
      @Nullable Executor executor) {
    if (request.getClass().getName().equals(INTERNAL_REQUEST)) {
      return null;
    }
    Outgoing out =
        Outgoing.begin("java.net.http", request.method(), () -> request.uri().toString());
    return out == null
        ? null
        : new Sending(out, Requests.outgoing(request, out), executor == null ? null : out.caller());
  }

  public static HttpRequest request(@Nullable Sending sending, HttpRequest request) {
    return sending == null ? request : sending.request;
  }

  public static @Nullable BodyHandler<?> handler(
      @Nullable Sending sending, @Nullable BodyHandler<?> handler) {
    return sending == null || handler == null
        ? handler
        : new TeeBodyHandler<>(handler, sending.out);
  }

  public static @Nullable CompletableFuture<?> exit(
      @Nullable Sending sending,
      @Nullable CompletableFuture<? extends HttpResponse<?>> future,
      @Nullable Throwable thrown) {
    if (sending == null) {
      return future;
    }
    if (future == null) {
      sending.out.end(thrown);
      return null;
    }
    ClientCall call = sending.out.call();
    if (call != null) {
      var unused = future.whenComplete((response, failure) -> failed(call, failure));
    }
    return sending.caller == null ? future : ContextFuture.of(future, sending.caller);
  }

  private static void failed(ClientCall call, @Nullable Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof CancellationException) {
      call.closedEarly();
    } else if (cause != null) {
      call.end(cause);
    }
  }
}
