package io.sidetrace.instrumentation.asynchttpclient;

import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.Guard;
import org.asynchttpclient.HttpResponseBodyPart;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** An answer's body that is published: its subscriber is called in the caller's context. */
final class StreamedBody implements Publisher<HttpResponseBodyPart> {
  private final Publisher<HttpResponseBodyPart> body;
  private final Passage passage;

  StreamedBody(Publisher<HttpResponseBodyPart> body, Passage passage) {
    this.body = body;
    this.passage = passage;
    ClientCall call = passage.call();
    if (call != null) {
      call.endWhenUnreachable(this);
    }
  }

  @Override
  public void subscribe(Subscriber<? super HttpResponseBodyPart> subscriber) {
    body.subscribe(new Listening(subscriber));
  }

  private final class Listening implements Subscriber<HttpResponseBodyPart> {
    private final Subscriber<? super HttpResponseBodyPart> subscriber;

    Listening(Subscriber<? super HttpResponseBodyPart> subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      inCaller(() -> subscriber.onSubscribe(new Demand(subscription, passage)));
    }

    @Override
    public void onNext(HttpResponseBodyPart part) {
      copy(part);
      inCaller(() -> subscriber.onNext(part));
    }

    @Override
    public void onError(Throwable failure) {
      passage.failed(failure);
      inCaller(() -> subscriber.onError(failure));
    }

    @Override
    public void onComplete() {
      passage.completed();
      inCaller(subscriber::onComplete);
    }
  }

  private record Demand(Subscription subscription, Passage passage) implements Subscription {

    @Override
    public void request(long count) {
      subscription.request(count);
    }

    @Override
    public void cancel() {
      passage.cancelled();
      subscription.cancel();
    }
  }

  private void copy(HttpResponseBodyPart part) {
    try {
      ClientCall call = passage.call();
      if (call != null) {
        call.responseBytes(part.getBodyByteBuffer());
      }
    } catch (Throwable t) {
      Guard.failed(t);
    }
  }

  private void inCaller(Runnable signal) {
    Context.run(passage.caller(), signal);
  }
}
