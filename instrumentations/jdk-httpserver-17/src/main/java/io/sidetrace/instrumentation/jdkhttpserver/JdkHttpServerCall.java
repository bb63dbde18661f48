package io.sidetrace.instrumentation.jdkhttpserver;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.sidetrace.agent.api.Attachments;
import io.sidetrace.agent.api.ServerCall;
import io.sidetrace.agent.api.ServerFailures;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The server call of one exchange, attached to the exchange and to the two streams that the JDK
 * makes for it. Nothing is wrapped: the application sees the objects it always saw.
 *
 * <p>It ends when the answer is complete, on whichever thread, but not before the handler's thread
 * has left the filters: an exception often passes a closed stream on its way out.
 */
public final class JdkHttpServerCall {
  private static final Attachments<Object, JdkHttpServerCall> CALLS = new Attachments<>();
  private static final String PACKAGE = "sun.net.httpserver";

  private final ServerCall call;
  private final boolean head;
  private final Attachments.Handle[] handles = new Attachments.Handle[3];
  private final byte[] single = new byte[1];
  private volatile int status;
  private boolean bodiless;
  private byte @Nullable [] readInto;
  private int readOffset;

  private JdkHttpServerCall(ServerCall call, boolean head) {
    this.call = call;
    this.head = head;
  }

  static @Nullable JdkHttpServerCall of(Object exchangeOrStream) {
    return CALLS.get(exchangeOrStream);
  }

  /**
   * @return null if the exchange is another server's or a filter's own, if its call has begun or is
   *     over, or if it is not recorded
   */
  static @Nullable JdkHttpServerCall begin(HttpExchange exchange) {
    if (!exchange.getClass().getPackageName().equals(PACKAGE)
        || exchange.getResponseCode() >= 0
        || of(exchange) != null) {
      return null;
    }
    Headers headers = exchange.getRequestHeaders();
    String method = exchange.getRequestMethod();
    ServerCall call = ServerCall.begin(method, target(exchange), headers::getFirst);
    if (call == null) {
      return null;
    }
    var begun = new JdkHttpServerCall(call, method.equals("HEAD"));
    begun.handles[0] = CALLS.put(exchange, begun);
    begun.handles[1] = CALLS.put(exchange.getRequestBody(), begun);
    begun.handles[2] = CALLS.put(exchange.getResponseBody(), begun);
    return begun;
  }

  boolean enter() {
    return call.enter();
  }

  void leave(@Nullable Throwable thrown) {
    if (thrown != null) {
      over(thrown);
    }
    call.leave();
  }

  void sending(HttpExchange exchange, int status, long length) {
    Headers headers = exchange.getResponseHeaders();
    this.status = status;
    bodiless = head || length == -1 || status < 200 || status == 204 || status == 304;
    call.responseHead(
        headers.getFirst("Content-Type"),
        headers.getFirst("Content-Encoding"),
        length > 0 ? length : -1);
  }

  void sent(@Nullable Throwable thrown) {
    if (thrown != null) {
      failed(thrown);
    } else if (bodiless) {
      over(null);
    }
  }

  void readByte(int value) {
    single[0] = (byte) value;
    call.requestBytes(single, 0, 1);
  }

  void reading(byte[] into, int offset) {
    readInto = into;
    readOffset = offset;
  }

  void read(int count) {
    byte[] bytes = readInto;
    readInto = null;
    if (count > 0 && bytes != null) {
      call.requestBytes(bytes, readOffset, count);
    }
  }

  void writeByte(int value) {
    single[0] = (byte) value;
    call.responseBytes(single, 0, 1);
  }

  void write(byte[] bytes, int offset, int length) {
    call.responseBytes(bytes, offset, length);
  }

  /** The application may handle it; what the socket threw says that the client has left. */
  void failed(Throwable thrown) {
    if (ServerFailures.ofClient(thrown)) {
      call.clientGone(thrown);
    }
  }

  void bodyClosed(@Nullable Throwable thrown) {
    if (thrown != null) {
      failed(thrown);
    }
    if (status != 0) { // else it was closed before its time and the answer is yet to come
      over(thrown);
    }
  }

  /** The answer is complete or was given up. */
  void over(@Nullable Throwable thrown) {
    for (Attachments.Handle handle : handles) {
      handle.remove();
    }
    call.over(status, thrown);
  }

  /** Path and query; a proxy's request may name the host before. */
  private static String target(HttpExchange exchange) {
    URI uri = exchange.getRequestURI();
    if (!uri.isAbsolute()) {
      return uri.toString();
    }
    String query = uri.getRawQuery();
    return query == null ? uri.getRawPath() : uri.getRawPath().concat("?").concat(query);
  }
}
