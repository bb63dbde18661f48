package io.sidetrace.instrumentation.apachehttpclient5;

import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.RequestStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

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
        entity.getContentType(), entity.getContentEncoding(), entity.getContentLength());
    entity.writeTo(new RequestStream(out, call));
  }
}
