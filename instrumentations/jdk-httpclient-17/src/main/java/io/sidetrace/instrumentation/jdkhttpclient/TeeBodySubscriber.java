package io.sidetrace.instrumentation.jdkhttpclient;

import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.Outgoing;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/**
 * The application's subscriber, which runs in the caller's context, and a copy of what it is given.
 * The call ends with the body: at its end, when the application cancels it, or when it fails.
 */
final class TeeBodySubscriber<T> implements BodySubscriber<T> {
  private final BodySubscriber<T> subscriber;
  private final Outgoing out;

  TeeBodySubscriber(BodySubscriber<T> subscriber, Outgoing out) {
    this.subscriber = subscriber;
    this.out = out;
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
    Subscription ending =
        new Subscription() {
          @Override
          public void request(long count) {
            subscription.request(count);
          }

          @Override
          public void cancel() {
            out.closedEarly(); // the client may call onError before cancel returns
            subscription.cancel();
          }
        };
    Context.run(out.caller(), () -> subscriber.onSubscribe(ending));
  }

  /** Copies first: once handed over, the buffers are read on the application's threads. */
  @Override
  public void onNext(List<ByteBuffer> chunk) {
    ClientCall call = out.call();
    if (call != null) {
      for (int i = 0; i < chunk.size(); i++) {
        call.responseBytes(chunk.get(i));
      }
    }
    Context previous = Context.attach(out.caller()); // for each chunk: no object of its own
    try {
      subscriber.onNext(chunk);
    } finally {
      Context.restore(previous);
    }
  }

  @Override
  public void onError(Throwable failure) {
    out.end(failure);
    Context.run(out.caller(), () -> subscriber.onError(failure));
  }

  /**
   * Ends the call first: a body that is mapped, parsed for instance, is so in here, and the
   * application may cancel what it has read to the end.
   */
  @Override
  public void onComplete() {
    out.end(null);
    Context.run(out.caller(), subscriber::onComplete);
  }
}
