package io.sidetrace.instrumentation.apachehttpclient5;

import io.sidetrace.agent.api.Attachments;
import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Outgoing;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain.Scope;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.jspecify.annotations.Nullable;

/**
 * Around each element of the asynchronous chain. All but the first run inside it or, for retries
 * and redirects, later and elsewhere: they are known by the future that their exchange has in the
 * client, the same in all scopes.
 */
public final class AsyncChainAdvice {
  private static final Attachments<Cancellable, Outgoing> EXCHANGES = new Attachments<>();

  private AsyncChainAdvice() {}

  /**
   * @param request a copy that the client made for the chain
   * @return null inside the chain, and where there is nothing to do
   */
  public static @Nullable Outgoing enter(
      Object element, HttpRequest request, @Nullable AsyncEntityProducer entity, Scope scope) {
    Outgoing known = EXCHANGES.get(scope.cancellableDependency);
    if (known != null) {
      known.addTraceparent(request::containsHeader, request::setHeader);
      attempt(known.call(), entity);
      return null;
    }
    Outgoing out = Requests.begin(request, scope.route);
    if (out == null) {
      return null;
    }
    EXCHANGES.put(scope.cancellableDependency, out);
    attempt(out.call(), entity);
    return out;
  }

  private static void attempt(@Nullable ClientCall call, @Nullable AsyncEntityProducer entity) {
    if (call != null && entity != null) {
      call.requestHead(
          entity.getContentType(), entity.getContentEncoding(), entity.getContentLength());
    }
  }

  public static @Nullable AsyncEntityProducer entity(
      @Nullable Outgoing out, @Nullable AsyncEntityProducer entity) {
    ClientCall call = out == null ? null : out.call();
    return call == null || entity == null ? entity : new TeeEntityProducer(entity, call);
  }

  public static AsyncExecCallback callback(@Nullable Outgoing out, AsyncExecCallback callback) {
    return out == null ? callback : new TeeExecCallback(callback, out);
  }

  public static void exit(@Nullable Outgoing out, @Nullable Throwable thrown) {
    if (out != null && thrown != null) {
      out.end(thrown);
    }
  }

  /** Before the future is cancelled: not every exchange hears of it, and none hears why. */
  public static void cancel(Cancellable future) {
    Outgoing out = EXCHANGES.get(future);
    if (out != null) {
      out.closedEarly();
    }
  }
}
