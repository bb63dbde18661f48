package io.sidetrace.instrumentation.awssdk;

import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.Outgoing;
import java.nio.ByteBuffer;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;

/** The SDK's handler of one answer, called in the context of whoever asked. */
final class TeeResponseHandler implements SdkAsyncHttpResponseHandler {
  private final SdkAsyncHttpResponseHandler handler;
  private final Outgoing out;

  TeeResponseHandler(SdkAsyncHttpResponseHandler handler, Outgoing out) {
    this.handler = handler;
    this.out = out;
  }

  @Override
  public void onHeaders(SdkHttpResponse response) {
    ClientCall call = out.call();
    if (call != null) {
      call.responseHead(
          response.statusCode(), name -> response.firstMatchingHeader(name).orElse(null));
    }
    Context.run(out.caller(), () -> handler.onHeaders(response));
  }

  @Override
  public void onStream(Publisher<ByteBuffer> body) {
    Publisher<ByteBuffer> tee = subscriber -> body.subscribe(new TeeSubscriber(subscriber, out));
    Context.run(out.caller(), () -> handler.onStream(tee));
  }

  @Override
  public void onError(Throwable failure) {
    out.end(failure);
    Context.run(out.caller(), () -> handler.onError(failure));
  }
}
