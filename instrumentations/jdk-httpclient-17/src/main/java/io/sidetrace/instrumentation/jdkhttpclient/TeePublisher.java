package io.sidetrace.instrumentation.jdkhttpclient;

import io.sidetrace.agent.api.ClientCall;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;

/** The application's request body; what it publishes is copied as it is handed on. */
final class TeePublisher implements BodyPublisher {
  private final BodyPublisher publisher;
  private final ClientCall call;
  private final HttpHeaders headers;
  private final boolean traced;
  private long length = -1;

  /**
   * @param headers the application's
   * @param traced whether a {@code traceparent} was added to these
   */
  TeePublisher(BodyPublisher publisher, ClientCall call, HttpHeaders headers, boolean traced) {
    this.publisher = publisher;
    this.call = call;
    this.headers = headers;
    this.traced = traced;
  }

  BodyPublisher publisher() {
    return publisher;
  }

  boolean traced() {
    return traced;
  }

  /** Kept for the capture, which asks the application nothing of its own. */
  @Override
  public long contentLength() {
    length = publisher.contentLength();
    return length;
  }

  /** Again for a redirect, and with credentials. */
  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    call.requestHead(
        headers.firstValue("Content-Type").orElse(null),
        headers.firstValue("Content-Encoding").orElse(null),
        length);
    publisher.subscribe(new TeeSubscriber(subscriber));
  }

  private final class TeeSubscriber implements Subscriber<ByteBuffer> {
    private final Subscriber<? super ByteBuffer> subscriber;

    TeeSubscriber(Subscriber<? super ByteBuffer> subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      subscriber.onSubscribe(subscription);
    }

    /** Copies first: the client reads the buffer to its end, maybe on another thread. */
    @Override
    public void onNext(ByteBuffer bytes) {
      call.requestBytes(bytes);
      subscriber.onNext(bytes);
    }

    @Override
    public void onError(Throwable failure) {
      subscriber.onError(failure);
    }

    @Override
    public void onComplete() {
      subscriber.onComplete();
    }
  }
}
