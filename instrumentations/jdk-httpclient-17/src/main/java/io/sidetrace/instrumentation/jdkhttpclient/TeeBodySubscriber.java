package io.sidetrace.instrumentation.jdkhttpclient;

import io.sidetrace.agent.api.ClientCall;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/**
 * The application's subscriber, and a copy of what it is given. The call ends with the body: at its
 * end, when the application cancels it, or when it fails.
 */
final class TeeBodySubscriber<T> implements BodySubscriber<T> {
  private final BodySubscriber<T> subscriber;
  private final ClientCall call;
  private volatile boolean complete;

  TeeBodySubscriber(BodySubscriber<T> subscriber, ClientCall call) {
    this.subscriber = subscriber;
    this.call = call;
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
            if (!complete) {
              call.closedEarly(); // the client may call onError before cancel returns
            }
            subscription.cancel();
          }
        });
  }

  /** Copies first: once handed over, the buffers are read on the application's threads. */
  @Override
  public void onNext(List<ByteBuffer> chunk) {
    for (int i = 0; i < chunk.size(); i++) {
      call.responseBytes(chunk.get(i));
    }
    subscriber.onNext(chunk);
  }

  @Override
  public void onError(Throwable failure) {
    subscriber.onError(failure);
    call.end(failure);
  }

  @Override
  public void onComplete() {
    complete = true; // the application may cancel what it has read to the end
    subscriber.onComplete();
    call.end();
  }
}
