package io.sidetrace.instrumentation.googlehttpclient;

import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.util.StreamingContent;
import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.RequestStream;
import java.io.IOException;
import java.io.OutputStream;

/** The body of one attempt; what is written to the transport is copied. */
@SuppressWarnings("deprecation") // what transports take
final class TeeContent implements StreamingContent {
  private final StreamingContent content;
  private final LowLevelHttpRequest attempt;
  private final ClientCall call;

  TeeContent(StreamingContent content, LowLevelHttpRequest attempt, ClientCall call) {
    this.content = content;
    this.attempt = attempt;
    this.call = call;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    call.requestHead(
        attempt.getContentType(), attempt.getContentEncoding(), attempt.getContentLength());
    content.writeTo(new RequestStream(out, call));
  }
}
