package io.sidetrace.instrumentation.apachehttpclient4;

import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.ResponseStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.http.HttpEntity;
import org.apache.http.entity.HttpEntityWrapper;

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

  void closedWithItsConnection() {
    call.closedEarly();
  }
}
