package io.sidetrace.instrumentation.apachehttpclient5;

import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.ResponseStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** The body of a response; what the application reads is copied. */
final class TeeResponseEntity extends HttpEntityWrapper {
  private final ClientCall call;

  TeeResponseEntity(HttpEntity entity, ClientCall call) {
    super(entity);
    this.call = call;
    call.endWhenUnreachable(this);
  }

  @Override
  public InputStream getContent() throws IOException {
    return new ResponseStream(super.getContent(), call, this);
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    try (InputStream content = getContent()) {
      content.transferTo(out);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      super.close();
    } finally {
      call.closedEarly();
    }
  }
}
