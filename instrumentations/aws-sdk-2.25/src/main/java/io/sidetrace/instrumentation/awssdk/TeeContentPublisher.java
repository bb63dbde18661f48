package io.sidetrace.instrumentation.awssdk;

import io.sidetrace.agent.api.ClientCall;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.async.SdkHttpContentPublisher;

/** The application's request body; what it publishes is copied as it is handed on. */
final class TeeContentPublisher implements SdkHttpContentPublisher {
  private final SdkHttpContentPublisher publisher;
  private final SdkHttpRequest request;
  private final ClientCall call;

  TeeContentPublisher(SdkHttpContentPublisher publisher, SdkHttpRequest request, ClientCall call) {
    this.publisher = publisher;
    this.request = request;
    this.call = call;
  }

  @Override
  public Optional<Long> contentLength() {
    return publisher.contentLength();
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    call.requestHead(name -> request.firstMatchingHeader(name).orElse(null));
    publisher.subscribe(
        new Subscriber<>() {
          @Override
          public void onSubscribe(Subscription subscription) {
            subscriber.onSubscribe(subscription);
          }

          /** Copies first: the client reads the buffer to its end. */
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
        });
  }
}
