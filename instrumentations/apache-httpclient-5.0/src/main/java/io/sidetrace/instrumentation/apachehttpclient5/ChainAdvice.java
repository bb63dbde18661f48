package io.sidetrace.instrumentation.apachehttpclient5;

import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.Outgoing;
import org.apache.hc.client5.http.classic.ExecChain.Scope;
import org.apache.hc.core5.concurrent.CancellableDependency;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.jspecify.annotations.Nullable;

/** Around the first element of the chain, which the others run inside of. */
public final class ChainAdvice {
  private ChainAdvice() {}

  /**
   * @param scope with the request as it goes out, since retries and redirects begin anew from it
   */
  record Running(ClientCall call, Scope scope, @Nullable Context previous) {}

  /**
   * @param request a copy that the client made for the chain
   */
  public static @Nullable Running enter(Object element, ClassicHttpRequest request, Scope scope) {
    Outgoing out = Requests.begin(request, scope.route);
    ClientCall call = out == null ? null : out.call();
    if (call == null) {
      return null;
    }
    if (scope.originalRequest instanceof CancellableDependency original) {
      call.cancelledIf(failure -> original.isCancelled());
    }
    HttpEntity entity = request.getEntity();
    if (entity != null) {
      request.setEntity(new TeeRequestEntity(entity, call));
    }
    Scope outgoing =
        new Scope(
            scope.exchangeId, scope.route, copy(request), scope.execRuntime, scope.clientContext);
    return new Running(call, outgoing, Context.attach(call.context()));
  }

  /** Since the chain goes on to change the one it is given. */
  private static ClassicHttpRequest copy(ClassicHttpRequest request) {
    BasicClassicHttpRequest copy =
        new BasicClassicHttpRequest(request.getMethod(), request.getPath());
    copy.setScheme(request.getScheme());
    copy.setAuthority(request.getAuthority());
    copy.setVersion(request.getVersion());
    copy.setHeaders(request.getHeaders());
    copy.setEntity(request.getEntity());
    return copy;
  }

  public static Scope scope(@Nullable Running running, Scope scope) {
    return running == null ? scope : running.scope;
  }

  public static void exit(
      @Nullable Running running, @Nullable ClassicHttpResponse response, Throwable thrown) {
    if (running == null) {
      return;
    }
    Context.restore(running.previous);
    if (response == null) {
      running.call.end(thrown);
    } else {
      head(running.call, response);
    }
  }

  private static void head(ClientCall call, ClassicHttpResponse response) {
    HttpEntity entity = response.getEntity();
    Requests.responseHead(call, response, entity);
    if (entity != null) {
      response.setEntity(new TeeResponseEntity(entity, call));
    }
  }
}
