package io.sidetrace.agent.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What a library reads a request's body from; what was read is copied. */
public final class RequestSource extends FilterInputStream {
  private final ClientCall call;
  private final byte[] one = new byte[1];

  public RequestSource(InputStream in, ClientCall call) {
    super(in);
    this.call = call;
  }

  @Override
  public int read() throws IOException {
    int single = in.read();
    if (single >= 0) {
      one[0] = (byte) single;
      call.requestBytes(one, 0, 1);
    }
    return single;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = in.read(bytes, offset, length);
    call.requestBytes(bytes, offset, count);
    return count;
  }
}
