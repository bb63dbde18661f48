package io.sidetrace.instrumentation.awssdk;

import io.sidetrace.agent.api.ClientCall;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.http.SdkHttpRequest;

/** The application's request body, opened anew each time it is sent; what is read is copied. */
final class TeeContentStream extends FilterInputStream {
  private final ClientCall call;

  TeeContentStream(InputStream content, SdkHttpRequest request, ClientCall call) {
    super(content);
    this.call = call;
    call.requestHead(name -> request.firstMatchingHeader(name).orElse(null));
  }

  @Override
  public int read() throws IOException {
    int single = in.read();
    if (single >= 0) {
      call.requestBytes(new byte[] {(byte) single}, 0, 1);
    }
    return single;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = in.read(bytes, offset, length);
    if (count > 0) {
      call.requestBytes(bytes, offset, count);
    }
    return count;
  }
}
