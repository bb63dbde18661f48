package io.sidetrace.instrumentation.okhttp;

import io.sidetrace.agent.api.Context;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Headers;
import okhttp3.internal.http2.Header;
import org.jspecify.annotations.Nullable;

/**
 * Where the head of a request is written, below all interceptors: what the application sees of its
 * requests and responses stays as it is.
 */
public final class TraceparentAdvice {
  private static final String NAME = "traceparent";

  private TraceparentAdvice() {}

  /** What goes to a proxy that makes a tunnel is no request of the application's. */
  public static @Nullable String http1(Object codec, Headers headers, String requestLine) {
    String traceparent = traceparent();
    return traceparent == null || requestLine.startsWith("CONNECT ") || headers.get(NAME) != null
        ? null
        : traceparent;
  }

  public static Headers headers(@Nullable String traceparent, Headers headers) {
    return traceparent == null
        ? headers
        : headers.newBuilder().addUnsafeNonAscii(NAME, traceparent).build();
  }

  public static @Nullable String http2(Object connection, List<Header> headers) {
    String traceparent = traceparent();
    if (traceparent != null) {
      for (Header header : headers) {
        if (header.name.utf8().equals(NAME)) {
          return null;
        }
      }
    }
    return traceparent;
  }

  public static List<Header> list(@Nullable String traceparent, List<Header> headers) {
    if (traceparent == null) {
      return headers;
    }
    List<Header> longer = new ArrayList<>(headers.size() + 1);
    longer.addAll(headers);
    longer.add(new Header(NAME, traceparent));
    return longer;
  }

  private static @Nullable String traceparent() {
    Context context = Context.current();
    return context == null ? null : context.traceparent();
  }
}
