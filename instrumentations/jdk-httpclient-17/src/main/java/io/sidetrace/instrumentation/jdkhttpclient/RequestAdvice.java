package io.sidetrace.instrumentation.jdkhttpclient;

import java.net.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** Around {@code HttpResponse.request()}: shows the application a request without our body. */
public final class RequestAdvice {

  private RequestAdvice() {}

  public static @Nullable HttpRequest exit(@Nullable Object none, @Nullable HttpRequest request) {
    return request == null ? null : Requests.plain(request);
  }
}
