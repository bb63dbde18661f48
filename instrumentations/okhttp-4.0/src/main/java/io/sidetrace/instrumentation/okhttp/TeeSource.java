package io.sidetrace.instrumentation.okhttp;

import io.sidetrace.agent.api.ClientCall;
import java.io.IOException;
import okhttp3.Call;
import okio.Buffer;
import okio.Source;
import okio.Timeout;

/**
 * Passes on what it is asked for, one read for one read, and copies it. The call ends with the
 * body: at its end, at the last byte of a known length, when it is closed, dropped, or fails.
 */
final class TeeSource implements Source {
  private final Source source;
  private final long length;
  private final Call call;
  private final ClientCall clientCall;
  private long received;

  /**
   * @param length -1 if unknown
   */
  TeeSource(Source source, long length, Call call, ClientCall clientCall) {
    this.source = source;
    this.length = length;
    this.call = call;
    this.clientCall = clientCall;
    if (length == 0) {
      clientCall.end();
    } else {
      clientCall.endWhenUnreachable(this);
    }
  }

  @Override
  public long read(Buffer sink, long byteCount) throws IOException {
    long count;
    try {
      count = source.read(sink, byteCount);
    } catch (Throwable t) {
      CallAdvice.failed(call, clientCall, t);
      throw t;
    }
    if (count > 0) {
      Bytes.pass(sink, sink.size() - count, count, clientCall::responseBytes);
      received += count;
    }
    if (count < 0 || received == length) {
      clientCall.end();
    }
    return count;
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
