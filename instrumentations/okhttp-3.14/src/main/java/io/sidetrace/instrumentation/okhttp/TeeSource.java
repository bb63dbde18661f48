package io.sidetrace.instrumentation.okhttp;

import io.sidetrace.agent.api.ClientCall;
import java.io.IOException;
import okio.Buffer;
import okio.Source;
import okio.Timeout;

/**
 * Passes on what it is asked for, one read for one read, and copies it. The call ends with the
 * body: at its end, when it is closed, dropped, or fails.
 */
final class TeeSource implements Source, Bytes.Receiver {
  private final Source source;
  private final ClientCall clientCall;

  TeeSource(Source source, ClientCall clientCall) {
    this.source = source;
    this.clientCall = clientCall;
    clientCall.endWhenUnreachable(this);
  }

  @Override
  public long read(Buffer sink, long byteCount) throws IOException {
    long count;
    try {
      count = source.read(sink, byteCount);
    } catch (Throwable t) {
      clientCall.end(t);
      throw t;
    }
    if (count > 0) {
      Bytes.pass(sink, sink.size() - count, count, this);
    } else if (count < 0) {
      clientCall.end();
    }
    return count;
  }

  @Override
  public void bytes(byte[] array, int offset, int length) {
    clientCall.responseBytes(array, offset, length);
  }

  @Override
  public Timeout timeout() {
    return source.timeout();
  }

  @Override
  public void close() throws IOException {
    try {
      source.close();
    } finally {
      clientCall.closedEarly();
    }
  }
}
