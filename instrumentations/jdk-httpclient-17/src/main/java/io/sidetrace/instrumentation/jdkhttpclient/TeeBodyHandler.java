package io.sidetrace.instrumentation.jdkhttpclient;

import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Outgoing;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;

/** The application's handler, whose subscriber gets a tee around it. */
final class TeeBodyHandler<T> implements BodyHandler<T> {
  private final BodyHandler<T> handler;
  private final Outgoing out;

  TeeBodyHandler(BodyHandler<T> handler, Outgoing out) {
    this.handler = handler;
    this.out = out;
  }

  @Override
  public BodySubscriber<T> apply(ResponseInfo info) {
    BodySubscriber<T> subscriber = handler.apply(info);
    if (subscriber == null) {
      return subscriber;
    }
    ClientCall call = out.call();
    if (call != null) {
      call.responseHead(info.statusCode(), name -> info.headers().firstValue(name).orElse(null));
    }
    return new TeeBodySubscriber<>(subscriber, out);
  }
}
