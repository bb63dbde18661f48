package io.sidetrace.instrumentation.okhttp;

import io.sidetrace.agent.api.ClientCall;
import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.BufferedSink;
import okio.Okio;
import okio.Sink;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

/** The application's request body; what it writes is copied as it is handed on. */
final class TeeRequestBody extends RequestBody {
  private final RequestBody body;
  private final ClientCall call;
  private final @Nullable String encoding;
  private long length = -1;

  TeeRequestBody(RequestBody body, ClientCall call, @Nullable String encoding) {
    this.body = body;
    this.call = call;
    this.encoding = encoding;
  }

  RequestBody body() {
    return body;
  }

  @Override
  public @Nullable MediaType contentType() {
    return body.contentType();
  }

  /** Kept for the capture, which asks the application nothing of its own. */
  @Override
  public long contentLength() throws IOException {
    length = body.contentLength();
    return length;
  }

  @Override
  public boolean isOneShot() {
    return body.isOneShot();
  }

  /** Runs again when OkHttp sends again, and when an interceptor reads the body for itself. */
  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    MediaType type = body.contentType();
    call.requestHead(type == null ? null : type.toString(), encoding, length);
    BufferedSink tee = Okio.buffer(new TeeSink(sink));
    body.writeTo(tee);
    if (tee.isOpen()) { // a body that compresses may close it
      tee.emit();
    }
  }

  private final class TeeSink implements Sink {
    private final BufferedSink sink;

    TeeSink(BufferedSink sink) {
      this.sink = sink;
    }

    /** Copies first, since the hand-over moves the bytes out of {@code source}. */
    @Override
    public void write(Buffer source, long byteCount) throws IOException {
      Bytes.pass(source, 0, byteCount, call::requestBytes);
      sink.write(source, byteCount);
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
}
