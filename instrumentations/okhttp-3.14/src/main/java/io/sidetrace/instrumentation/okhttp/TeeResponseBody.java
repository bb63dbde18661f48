package io.sidetrace.instrumentation.okhttp;

import io.sidetrace.agent.api.ClientCall;
import okhttp3.MediaType;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** The response body of the network; what the application reads is copied. */
final class TeeResponseBody extends ResponseBody {
  private final ResponseBody body;
  private final BufferedSource source;

  TeeResponseBody(ResponseBody body, ClientCall clientCall) {
    this.body = body;
    this.source = Okio.buffer(new TeeSource(body.source(), clientCall));
  }

  @Override
  public @Nullable MediaType contentType() {
    return body.contentType();
  }

  @Override
  public long contentLength() {
    return body.contentLength();
  }

  @Override
  public BufferedSource source() {
    return source;
  }
}
