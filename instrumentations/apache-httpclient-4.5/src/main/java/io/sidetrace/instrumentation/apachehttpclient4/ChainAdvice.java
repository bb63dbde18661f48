package io.sidetrace.instrumentation.apachehttpclient4;

import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.Outgoing;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.HttpEntityEnclosingRequest;
import org.apache.http.HttpMessage;
import org.apache.http.HttpResponse;
import org.apache.http.client.methods.HttpExecutionAware;
import org.apache.http.client.methods.HttpRequestWrapper;
import org.apache.http.conn.routing.HttpRoute;
import org.jspecify.annotations.Nullable;

/** Around the first element of the chain, which the others run inside of. */
public final class ChainAdvice {
  private ChainAdvice() {}

  record Running(ClientCall call, @Nullable Context previous) {}

  /**
   * @param request a copy that the client made for the chain
   */
  public static @Nullable Running enter(
      Object element,
      HttpRoute route,
      HttpRequestWrapper request,
      Object clientContext,
      @Nullable HttpExecutionAware original) {
    Outgoing out =
        Outgoing.begin("apache-httpclient-4", request.getMethod(), () -> url(route, request));
    if (out != null) {
      out.addTraceparent(request::containsHeader, request::setHeader);
    }
    ClientCall call = out == null ? null : out.call();
    if (call == null) {
      return null;
    }
    if (original != null) {
      call.cancelledIf(failure -> original.isAborted());
    }
    if (request instanceof HttpEntityEnclosingRequest enclosing && enclosing.getEntity() != null) {
      enclosing.setEntity(new TeeRequestEntity(enclosing.getEntity(), call));
    }
    return new Running(call, Context.attach(call.context()));
  }

  private static String url(HttpRoute route, HttpRequestWrapper request) {
    String uri = request.getRequestLine().getUri();
    return uri.startsWith("/") ? route.getTargetHost().toURI() + uri : uri;
  }

  public static void exit(
      @Nullable Running running, @Nullable HttpResponse response, @Nullable Throwable thrown) {
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

  private static void head(ClientCall call, HttpResponse response) {
    HttpEntity entity = response.getEntity();
    call.responseHead(
        response.getStatusLine().getStatusCode(),
        header(response, "Content-Type"),
        header(response, "Content-Encoding"), // gone where the client inflates the body
        entity == null ? 0 : entity.getContentLength());
    if (entity != null) {
      response.setEntity(new TeeResponseEntity(entity, call));
    }
  }

  private static @Nullable String header(HttpMessage message, String name) {
    Header header = message.getFirstHeader(name);
    return header == null ? null : header.getValue();
  }

  /** Closing a response closes its connection, and its entity never hears of it. */
  public static void close(HttpResponse response) {
    if (response.getEntity() instanceof TeeResponseEntity tee) {
      tee.closedWithItsConnection();
    }
  }
}
