package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.Caller;
import java.nio.ByteBuffer;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;

/** Tells of a body as the client does: the SDK completes what it gave its caller at the end. */
record TellingHandler(Caller.Listener listener)
    implements SdkAsyncHttpResponseHandler, Subscriber<ByteBuffer> {

  @Override
  public void onHeaders(SdkHttpResponse response) {}

  @Override
  public void onStream(Publisher<ByteBuffer> stream) {
    stream.subscribe(this);
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(ByteBuffer bytes) {
    listener.onChunk();
  }

  @Override
  public void onComplete() {
    listener.onEnd(null);
  }

  /** Of the exchange, and of the body. */
  @Override
  public void onError(Throwable failure) {
    listener.onEnd(failure);
  }
}
