package io.sidetrace.instrumentation.awssdk;

import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Context;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;

/** The SDK's handler of one answer, called in the context of whoever asked. */
final class TeeResponseHandler implements SdkAsyncHttpResponseHandler {
  private final SdkAsyncHttpResponseHandler handler;
  private final @Nullable ClientCall call;
  private final @Nullable Context caller;

  TeeResponseHandler(
      SdkAsyncHttpResponseHandler handler, @Nullable ClientCall call, @Nullable Context caller) {
    this.handler = handler;
    this.call = call;
    this.caller = caller;
  }

  @Override
  public void onHeaders(SdkHttpResponse response) {
    if (call != null) {
      call.responseHead(
          response.statusCode(), name -> response.firstMatchingHeader(name).orElse(null));
    }
    inCallersContext(() -> handler.onHeaders(response));
  }

  @Override
  public void onStream(Publisher<ByteBuffer> body) {
    Publisher<ByteBuffer> tee =
        call == null
            ? body
            : subscriber -> body.subscribe(new TeeSubscriber(subscriber, call, caller));
    inCallersContext(() -> handler.onStream(tee));
  }

  @Override
  public void onError(Throwable failure) {
    if (call != null) {
      call.end(failure);
    }
    inCallersContext(() -> handler.onError(failure));
  }

  private void inCallersContext(Runnable signal) {
    Context previous = Context.attach(caller);
    try {
      signal.run();
    } finally {
      Context.restore(previous);
    }
  }
}
