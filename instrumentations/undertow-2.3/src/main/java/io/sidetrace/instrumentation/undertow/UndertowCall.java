package io.sidetrace.instrumentation.undertow;

import io.sidetrace.agent.api.Attachments;
import io.sidetrace.agent.api.ServerCall;
import io.sidetrace.agent.api.ServerFailures;
import io.undertow.server.DefaultResponseListener;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * The server call of one exchange: an attachment of the exchange, and attached weakly to its two
 * channels, which do not tell whose they are.
 */
public final class UndertowCall {
  private static final AttachmentKey<UndertowCall> KEY = AttachmentKey.create(UndertowCall.class);
  private static final Attachments<Object, UndertowCall> CHANNELS = new Attachments<>();

  private final ServerCall call;
  private @Nullable String responseType;
  private @Nullable String responseEncoding;
  private long responseLength = -1;
  private final Attachments.@Nullable Handle[] channels = new Attachments.Handle[2];

  private UndertowCall(ServerCall call) {
    this.call = call;
  }

  static @Nullable UndertowCall of(HttpServerExchange exchange) {
    return exchange.getAttachment(KEY);
  }

  static @Nullable UndertowCall ofChannel(Object channel) {
    return CHANNELS.get(channel);
  }

  static @Nullable UndertowCall beginOrOf(HttpServerExchange exchange) {
    UndertowCall known = of(exchange);
    if (known != null || exchange.isComplete()) {
      return known;
    }
    HeaderMap headers = exchange.getRequestHeaders();
    ServerCall call =
        ServerCall.begin(
            exchange.getRequestMethod().toString(), target(exchange), headers::getFirst);
    if (call == null) {
      return null;
    }
    var begun = new UndertowCall(call);
    exchange.putAttachment(KEY, begun);
    return begun;
  }

  boolean enter() {
    return call.enter();
  }

  void leave() {
    call.leave();
  }

  void reads(Object channel) {
    channels[0] = CHANNELS.put(channel, this);
  }

  void writes(Object channel) {
    channels[1] = CHANNELS.put(channel, this);
  }

  void responding(HttpServerExchange exchange) {
    HeaderMap headers = exchange.getResponseHeaders();
    responseType = headers.getFirst(Headers.CONTENT_TYPE);
    responseEncoding = headers.getFirst(Headers.CONTENT_ENCODING);
    responseLength = exchange.getResponseContentLength();
  }

  void read(ByteBuffer bytes) {
    call.requestBytes(bytes);
  }

  void written(ByteBuffer bytes) {
    call.responseHead(responseType, responseEncoding, responseLength);
    call.responseBytes(bytes);
  }

  void failed(Throwable thrown) {
    if (ServerFailures.ofClient(thrown)) {
      call.clientGone(thrown);
    }
  }

  void thrown(Throwable thrown) {
    call.error(ServerFailures.ofApplication(thrown));
  }

  void over(HttpServerExchange exchange) {
    exchange.removeAttachment(KEY);
    for (Attachments.Handle channel : channels) {
      if (channel != null) {
        channel.remove();
      }
    }
    if (channels[1] == null) { // else a file may have been sent whose bytes nobody saw
      responding(exchange);
      call.responseHead(responseType, responseEncoding, responseLength);
    }
    if (!exchange.getConnection().isOpen()) { // Undertow closes it after this
      call.clientGone(new ClosedChannelException());
    }
    Throwable thrown = exchange.getAttachment(DefaultResponseListener.EXCEPTION);
    call.over(exchange.getStatusCode(), ServerFailures.ofApplication(thrown));
  }

  /** Path and query, as they came. */
  private static String target(HttpServerExchange exchange) {
    String path = exchange.getRequestURI();
    if (exchange.isHostIncludedInRequestURI()) {
      int slash = path.indexOf('/', path.indexOf("://") + 3);
      path = slash < 0 ? "/" : path.substring(slash);
    }
    String query = exchange.getQueryString();
    return query == null || query.isEmpty() ? path : path.concat("?").concat(query);
  }
}
