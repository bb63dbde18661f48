package io.sidetrace.instrumentation.awssdk;

import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.Outgoing;
import java.nio.ByteBuffer;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Whoever reads an answer's body, in the caller's context to the end, which completes what the SDK
 * gave its caller; and a copy of what it is given.
 */
final class TeeSubscriber implements Subscriber<ByteBuffer> {
  private final Subscriber<? super ByteBuffer> subscriber;
  private final Outgoing out;

  TeeSubscriber(Subscriber<? super ByteBuffer> subscriber, Outgoing out) {
    this.subscriber = subscriber;
    this.out = out;
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
            out.closedEarly();
            subscription.cancel();
          }
        });
  }

  /** Copies first: once handed over, the buffer is read on the application's threads. */
  @Override
  public void onNext(ByteBuffer bytes) {
    ClientCall call = out.call();
    if (call != null) {
      call.responseBytes(bytes);
    }
    Context previous = Context.attach(out.caller());
    try {
      subscriber.onNext(bytes);
    } finally {
      Context.restore(previous);
    }
  }

  @Override
  public void onError(Throwable failure) {
    out.end(failure);
    Context.run(out.caller(), () -> subscriber.onError(failure));
  }

  /** Ends first, since the reader may cancel what it has read to the end. */
  @Override
  public void onComplete() {
    out.end(null);
    Context.run(out.caller(), subscriber::onComplete);
  }
}
