package io.sidetrace.instrumentation.asynchttpclient;

import io.netty.handler.codec.http.HttpHeaders;
import org.asynchttpclient.HttpResponseBodyPart;
import org.asynchttpclient.HttpResponseStatus;
import org.asynchttpclient.handler.StreamedAsyncHandler;
import org.reactivestreams.Publisher;

/** Stands in for the application's where the client gives it the stream, and nowhere else. */
record StreamedHandler<T>(StreamedAsyncHandler<T> handler, Passage passage)
    implements StreamedAsyncHandler<T> {

  @Override
  public State onStream(Publisher<HttpResponseBodyPart> body) {
    passage.stream();
    State state = handler.onStream(new StreamedBody(body, passage));
    if (state == State.ABORT) {
      passage.cancelled();
    }
    return state;
  }

  @Override
  public State onStatusReceived(HttpResponseStatus status) throws Exception {
    return handler.onStatusReceived(status);
  }

  @Override
  public State onHeadersReceived(HttpHeaders headers) throws Exception {
    return handler.onHeadersReceived(headers);
  }

  @Override
  public State onBodyPartReceived(HttpResponseBodyPart part) throws Exception {
    return handler.onBodyPartReceived(part);
  }

  @Override
  public void onThrowable(Throwable failure) {
    handler.onThrowable(failure);
  }

  @Override
  public T onCompleted() throws Exception {
    return handler.onCompleted();
  }
}
