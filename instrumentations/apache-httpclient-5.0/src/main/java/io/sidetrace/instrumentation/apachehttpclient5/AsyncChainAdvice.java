package io.sidetrace.instrumentation.apachehttpclient5;

import io.sidetrace.agent.api.Attachments;
import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Context;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain.Scope;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.jspecify.annotations.Nullable;

/**
 * Around each element of the asynchronous chain. All but the first run inside it or, for retries
 * and redirects, later and elsewhere: they are known by the id of their exchange.
 */
public final class AsyncChainAdvice {
  private static final Attachments<String, Exchange> EXCHANGES = new Attachments<>();
  private static final Attachments<Cancellable, ClientCall> CALLS = new Attachments<>();

  private AsyncChainAdvice() {}

  /**
   * @param call null: only a {@code traceparent} and the context travel
   */
  record Exchange(@Nullable ClientCall call, @Nullable Context caller) {

    /** Before each attempt. */
    void requestHead(@Nullable AsyncEntityProducer entity) {
      if (call != null && entity != null) {
        call.requestHead(
            entity.getContentType(), entity.getContentEncoding(), entity.getContentLength());
      }
    }
  }

  /**
   * @param request a copy that the client made for the chain
   * @return null inside the chain, and where there is nothing to do
   */
  public static @Nullable Exchange enter(
      Object element, HttpRequest request, @Nullable AsyncEntityProducer entity, Scope scope) {
    Exchange known = EXCHANGES.get(scope.exchangeId);
    if (known != null) {
      Requests.propagate(request, known.call == null ? null : known.call.traceparent());
      known.requestHead(entity);
      return null;
    }
    Context caller = Context.current();
    ClientCall call = Requests.begin(caller, request, scope.route);
    if (call == null && caller == null) {
      return null;
    }
    if (call != null) {
      CALLS.put(scope.cancellableDependency, call);
    }
    Exchange begun = new Exchange(call, caller);
    EXCHANGES.put(scope.exchangeId, begun);
    begun.requestHead(entity);
    return begun;
  }

  public static @Nullable AsyncEntityProducer entity(
      @Nullable Exchange exchange, @Nullable AsyncEntityProducer entity) {
    return exchange == null || exchange.call == null || entity == null
        ? entity
        : new TeeEntityProducer(entity, exchange.call);
  }

  public static AsyncExecCallback callback(
      @Nullable Exchange exchange, AsyncExecCallback callback) {
    return exchange == null
        ? callback
        : new TeeExecCallback(callback, exchange.call, exchange.caller);
  }

  public static void exit(@Nullable Exchange exchange, @Nullable Throwable thrown) {
    if (exchange != null && exchange.call != null && thrown != null) {
      exchange.call.end(thrown);
    }
  }

  /** Before the future is cancelled: not every exchange hears of it, and none hears why. */
  public static void cancel(Cancellable future) {
    ClientCall call = CALLS.get(future);
    if (call != null) {
      call.closedEarly();
    }
  }
}
