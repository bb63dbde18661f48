package io.sidetrace.instrumentation.jettyclient;

import org.eclipse.jetty.client.transport.HttpRequest;
import org.jspecify.annotations.Nullable;

/** Around {@code HttpRequest.send}, where blocking and asynchronous calls meet. */
public final class SendAdvice {

  private SendAdvice() {}

  public static @Nullable Object enter(HttpRequest request) {
    return Passage.begin(request);
  }

  /** Later failures go to the listeners. */
  public static void exit(@Nullable Object passage, @Nullable Throwable thrown) {
    if (thrown != null && passage instanceof Passage begun) {
      begun.out().end(thrown);
    }
  }
}
