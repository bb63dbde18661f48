package io.sidetrace.agent.api;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** What a library writes a request's body to; what was written is copied. */
public final class RequestStream extends FilterOutputStream {
  private final ClientCall call;
  private final byte[] one = new byte[1];

  public RequestStream(OutputStream out, ClientCall call) {
    super(out);
    this.call = call;
  }

  @Override
  public void write(int single) throws IOException {
    out.write(single);
    one[0] = (byte) single;
    call.requestBytes(one, 0, 1);
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    out.write(bytes);
    call.requestBytes(bytes, 0, bytes.length);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    call.requestBytes(bytes, offset, length);
  }

  /** That of {@link FilterOutputStream} flushes first. */
  @Override
  public void close() throws IOException {
    out.close();
  }
}
