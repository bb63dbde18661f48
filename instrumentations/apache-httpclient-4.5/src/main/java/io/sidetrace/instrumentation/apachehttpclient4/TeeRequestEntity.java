package io.sidetrace.instrumentation.apachehttpclient4;

import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.RequestStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.entity.HttpEntityWrapper;
import org.jspecify.annotations.Nullable;

/** The application's request body; what it writes is copied as it is handed on. */
final class TeeRequestEntity extends HttpEntityWrapper {
  private final HttpEntity entity;
  private final ClientCall call;

  TeeRequestEntity(HttpEntity entity, ClientCall call) {
    super(entity);
    this.entity = entity;
    this.call = call;
  }

  /** Runs again for a retry, a redirect and with credentials. */
  @Override
  public void writeTo(OutputStream out) throws IOException {
    call.requestHead(
        value(entity.getContentType()),
        value(entity.getContentEncoding()),
        entity.getContentLength());
    entity.writeTo(new RequestStream(out, call));
  }

  private static @Nullable String value(@Nullable Header header) {
    return header == null ? null : header.getValue();
  }
}
