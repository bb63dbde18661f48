package io.sidetrace.instrumentation.jdkhttpclient;

import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Guard;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;

/** The application's handler, whose subscriber gets a tee around it. */
final class TeeBodyHandler<T> implements BodyHandler<T> {
  private final BodyHandler<T> handler;
  private final ClientCall call;

  TeeBodyHandler(BodyHandler<T> handler, ClientCall call) {
    this.handler = handler;
    this.call = call;
  }

  @Override
  public BodySubscriber<T> apply(ResponseInfo info) {
    BodySubscriber<T> subscriber = handler.apply(info);
    return subscriber == null
        ? subscriber
        : new TeeBodySubscriber<>(subscriber, call, responseHead(info));
  }

  private long responseHead(ResponseInfo info) {
    try {
      HttpHeaders headers = info.headers();
      long length = headers.firstValueAsLong("Content-Length").orElse(-1);
      call.responseHead(
          info.statusCode(),
          headers.firstValue("Content-Type").orElse(null),
          headers.firstValue("Content-Encoding").orElse(null),
          length);
      return length;
    } catch (Throwable t) {
      Guard.failed(t);
      return -1;
    }
  }
}
