package io.sidetrace.instrumentation.testing;

import io.sidetrace.instrumentation.testing.Caller.Cancel;
import io.sidetrace.instrumentation.testing.Caller.Incoming;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An answer in the library's own types, each asked when the test asks. */
public final class Answer implements Incoming {

  /** Opens the body as the library gives it; null: there is none. */
  @FunctionalInterface
  public interface Body {
    @Nullable InputStream open() throws IOException;
  }

  private final int status;
  private final Function<String, @Nullable String> headers;
  private final Supplier<String> request;
  private final Body body;
  private final Cancel cancel;

  public Answer(
      int status,
      Function<String, @Nullable String> headers,
      Supplier<String> request,
      Body body,
      Cancel cancel) {
    this.status = status;
    this.headers = headers;
    this.request = request;
    this.body = body;
    this.cancel = cancel;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public @Nullable String header(String name) {
    return headers.apply(name);
  }

  @Override
  public String request() {
    return request.get();
  }

  @Override
  public InputStream body() {
    try {
      InputStream opened = body.open();
      return opened == null ? InputStream.nullInputStream() : opened;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void cancel() throws Exception {
    cancel.run();
  }
}
