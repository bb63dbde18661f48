package io.sidetrace.instrumentation.jettyclient;

import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Outgoing;
import java.nio.ByteBuffer;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.jspecify.annotations.Nullable;

/** In {@code HttpSender}: one request on its way out, again after a redirect. */
public final class SenderAdvice {
  private SenderAdvice() {}

  public static void send(Object sender, HttpExchange exchange) {
    ClientCall call = call(exchange);
    if (call != null) {
      call.requestHead(exchange.getRequest().getHeaders()::get);
    }
  }

  private static @Nullable ClientCall call(HttpExchange exchange) {
    Passage passage = Passage.of(exchange.getRequest());
    return passage == null ? null : passage.out().call();
  }

  public static HttpRequest begin(Object sender, HttpExchange exchange) {
    return exchange.getRequest();
  }

  /** The application has seen the headers; what is added now goes out with them. */
  public static void headers(
      @Nullable HttpRequest request, boolean sent, @Nullable Throwable thrown) {
    Passage passage = request == null ? null : Passage.of(request);
    if (request != null && passage != null) {
      request.headers(headers -> passage.out().addTraceparent(headers::contains, headers::put));
    }
  }

  /** The headers are gone, and the application may look at them again. */
  public static void commit(Object sender, HttpExchange exchange) {
    HttpRequest request = exchange.getRequest();
    Passage passage = Passage.of(request);
    String traceparent = passage == null ? null : passage.out().traceparent();
    if (traceparent != null && traceparent.equals(request.getHeaders().get(Outgoing.TRACEPARENT))) {
      request.headers(headers -> headers.remove(Outgoing.TRACEPARENT));
    }
  }

  public static void content(Object sender, HttpExchange exchange, @Nullable ByteBuffer content) {
    ClientCall call = content == null ? null : call(exchange);
    if (call != null && content != null) {
      call.requestBytes(content);
    }
  }
}
