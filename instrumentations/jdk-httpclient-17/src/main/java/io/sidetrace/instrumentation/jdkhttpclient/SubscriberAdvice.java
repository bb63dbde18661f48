package io.sidetrace.instrumentation.jdkhttpclient;

import java.net.http.HttpResponse.BodySubscriber;
import org.jspecify.annotations.Nullable;

/**
 * The client asks of each subscriber whether it needs a thread to hand its body over, and knows its
 * own classes not to: it is asked of the application's subscriber, not of the tee around it.
 */
public final class SubscriberAdvice {

  private SubscriberAdvice() {}

  public static BodySubscriber<?> subscriber(@Nullable Object none, BodySubscriber<?> subscriber) {
    return subscriber instanceof TeeBodySubscriber<?> tee ? tee.subscriber() : subscriber;
  }
}
