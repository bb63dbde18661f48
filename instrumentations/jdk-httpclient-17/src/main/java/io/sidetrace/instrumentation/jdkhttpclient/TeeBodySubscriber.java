package io.sidetrace.instrumentation.jdkhttpclient;

import io.sidetrace.agent.api.ClientCall;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/**
 * The application's subscriber, and a copy of what it is given. The call ends with the body: at its
 * end, at the last byte of a known length, when the application cancels it, or when it fails.
 */
final class TeeBodySubscriber<T> implements BodySubscriber<T> {
  private final BodySubscriber<T> subscriber;
  private final ClientCall call;
  private final long length;
  private long received;
  private volatile boolean whole;
  private volatile boolean cancelled;

  /**
   * @param length -1 if unknown
   */
  TeeBodySubscriber(BodySubscriber<T> subscriber, ClientCall call, long length) {
    this.subscriber = subscriber;
    this.call = call;
    this.length = length;
  }

  BodySubscriber<T> subscriber() {
    return subscriber;
  }

  @Override
  public CompletionStage<T> getBody() {
    return subscriber.getBody();
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    subscriber.onSubscribe(
        new Subscription() {
          @Override
          public void request(long count) {
            subscription.request(count);
          }

          @Override
          public void cancel() {
            cancelled = true; // the client may call onError before it returns
            subscription.cancel();
            enough();
          }
        });
  }

  /** Copies first: once handed over, the buffers are read on the application's threads. */
  @Override
  public void onNext(List<ByteBuffer> chunk) {
    for (int i = 0; i < chunk.size(); i++) {
      ByteBuffer bytes = chunk.get(i);
      call.responseBytes(bytes);
      received += bytes.remaining();
    }
    whole = received == length; // the application may read it all and cancel before onNext returns
    subscriber.onNext(chunk);
    if (whole) {
      call.end();
    }
  }

  /** The application wants no more. */
  private void enough() {
    if (whole) {
      call.end();
    } else {
      call.closedEarly();
    }
  }

  @Override
  public void onError(Throwable failure) {
    subscriber.onError(failure);
    if (cancelled) {
      enough();
    } else {
      call.end(failure);
    }
  }

  @Override
  public void onComplete() {
    whole = true;
    subscriber.onComplete();
    call.end();
  }
}
