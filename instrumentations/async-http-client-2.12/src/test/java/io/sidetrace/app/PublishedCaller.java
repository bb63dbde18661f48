package io.sidetrace.app;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sidetrace.instrumentation.testing.coverage.Library;
import io.sidetrace.instrumentation.testing.coverage.Limit;
import java.util.Map;
import org.asynchttpclient.AsyncHandler;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.HttpResponseBodyPart;
import org.asynchttpclient.handler.StreamedAsyncHandler;
import org.asynchttpclient.request.body.generator.BodyGenerator;
import org.asynchttpclient.request.body.generator.ReactiveStreamsBodyGenerator;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** As who streams by reactive streams, which version 2 has. */
final class PublishedCaller extends AsyncHttpClientCaller {

  @Override
  public Library library() {
    return Library.of("AsyncHttpClient, reactive", AsyncHttpClient.class);
  }

  @Override
  public Map<Limit, String> limits() {
    Map<Limit, String> limits = super.limits();
    limits.put(
        Limit.CANCELS_VARIOUSLY,
        "a subscriber is told that the body is complete, unless the handler hears first that it is"
            + " cancelled.");
    return limits;
  }

  @Override
  BodyGenerator oneShot(byte[] body) {
    Publisher<ByteBuf> once =
        subscriber ->
            subscriber.onSubscribe(
                new Subscription() {
                  private boolean published;

                  @Override
                  public void request(long count) {
                    if (!published) {
                      published = true;
                      subscriber.onNext(Unpooled.copiedBuffer(body));
                      subscriber.onComplete();
                    }
                  }

                  @Override
                  public void cancel() {}
                });
    return new ReactiveStreamsBodyGenerator(once, -1);
  }

  @Override
  AsyncHandler<Void> handler(Heard heard) {
    return new Subscribing(heard);
  }

  /** The body's end is the subscriber's; a failure before the body is the handler's. */
  private static final class Subscribing extends Hearing
      implements StreamedAsyncHandler<Void>, Subscriber<HttpResponseBodyPart> {

    Subscribing(Heard heard) {
      super(heard);
    }

    @Override
    public State onStream(Publisher<HttpResponseBodyPart> body) {
      body.subscribe(this);
      return State.CONTINUE;
    }

    @Override
    public Void onCompleted() {
      return null;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(HttpResponseBodyPart part) {
      heard.chunk(part.getBodyPartBytes());
    }

    @Override
    public void onError(Throwable failure) {
      heard.end(failure);
    }

    @Override
    public void onComplete() {
      heard.end(null);
    }
  }
}
