package io.sidetrace.instrumentation.asynchttpclient;

import io.netty.buffer.ByteBuf;
import io.sidetrace.agent.api.ClientCall;
import org.asynchttpclient.Request;
import org.asynchttpclient.netty.request.body.NettyBody;
import org.asynchttpclient.netty.request.body.NettyReactiveStreamsBody;
import org.asynchttpclient.request.body.generator.ReactiveStreamsBodyGenerator;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** A request's body that is published: each buffer is copied before the client may release it. */
record TeePublisher(Publisher<ByteBuf> source, ClientCall call) implements Publisher<ByteBuf> {

  static NettyBody body(Request request, ClientCall call) {
    var generator = (ReactiveStreamsBodyGenerator) request.getBodyGenerator();
    return new NettyReactiveStreamsBody(
        new TeePublisher(generator.getPublisher(), call), generator.getContentLength());
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuf> subscriber) {
    source.subscribe(new TeeSubscriber(subscriber, call));
  }

  private record TeeSubscriber(Subscriber<? super ByteBuf> subscriber, ClientCall call)
      implements Subscriber<ByteBuf> {

    @Override
    public void onSubscribe(Subscription subscription) {
      subscriber.onSubscribe(subscription);
    }

    @Override
    public void onNext(ByteBuf buffer) {
      Bytes.each(buffer, call::requestBytes);
      subscriber.onNext(buffer);
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
