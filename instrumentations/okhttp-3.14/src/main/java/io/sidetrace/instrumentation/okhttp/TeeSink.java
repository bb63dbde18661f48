package io.sidetrace.instrumentation.okhttp;

import io.sidetrace.agent.api.ClientCall;
import java.io.IOException;
import okio.Buffer;
import okio.Sink;
import okio.Timeout;

/** Where a request's body goes; what passes is copied. */
final class TeeSink implements Sink, Bytes.Receiver {
  private final Sink sink;
  private final ClientCall call;

  TeeSink(Sink sink, ClientCall call) {
    this.sink = sink;
    this.call = call;
  }

  /** Copies first, since the hand-over moves the bytes out of {@code source}. */
  @Override
  public void write(Buffer source, long byteCount) throws IOException {
    Bytes.pass(source, 0, byteCount, this);
    sink.write(source, byteCount);
  }

  @Override
  public void bytes(byte[] array, int offset, int length) {
    call.requestBytes(array, offset, length);
  }

  @Override
  public void flush() throws IOException {
    sink.flush();
  }

  @Override
  public Timeout timeout() {
    return sink.timeout();
  }

  @Override
  public void close() throws IOException {
    sink.close();
  }
}
