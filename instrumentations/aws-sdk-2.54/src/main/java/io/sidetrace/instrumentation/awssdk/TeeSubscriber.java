package io.sidetrace.instrumentation.awssdk;

import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Context;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Whoever reads an answer's body, and a copy of what it is given. */
final class TeeSubscriber implements Subscriber<ByteBuffer> {
  private final Subscriber<? super ByteBuffer> subscriber;
  private final ClientCall call;
  private final @Nullable Context caller;

  TeeSubscriber(
      Subscriber<? super ByteBuffer> subscriber, ClientCall call, @Nullable Context caller) {
    this.subscriber = subscriber;
    this.call = call;
    this.caller = caller;
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
            call.closedEarly();
            subscription.cancel();
          }
        });
  }

  /** Copies first: once handed over, the buffer is read on the application's threads. */
  @Override
  public void onNext(ByteBuffer bytes) {
    call.responseBytes(bytes);
    Context previous = Context.attach(caller);
    try {
      subscriber.onNext(bytes);
    } finally {
      Context.restore(previous);
    }
  }

  @Override
  public void onError(Throwable failure) {
    call.end(failure);
    subscriber.onError(failure);
  }

  /** Ends first, since the reader may cancel what it has read to the end. */
  @Override
  public void onComplete() {
    call.end();
    subscriber.onComplete();
  }
}
