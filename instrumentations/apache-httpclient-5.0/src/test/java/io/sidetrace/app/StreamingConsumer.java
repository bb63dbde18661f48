package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.PushedStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Gives an answer's head at once and its body as a stream. */
final class StreamingConsumer implements AsyncResponseConsumer<Void> {
  private final BiConsumer<HttpResponse, InputStream> answered;
  private final PushedStream body;
  private volatile FutureCallback<Void> done;

  StreamingConsumer(BiConsumer<HttpResponse, InputStream> answered, Runnable cancel) {
    this.answered = answered;
    this.body = new PushedStream(cancel);
  }

  @Override
  public void consumeResponse(
      HttpResponse response, EntityDetails entity, HttpContext context, FutureCallback<Void> done) {
    this.done = done;
    if (entity == null) {
      streamEnd(null);
    }
    answered.accept(response, body);
  }

  @Override
  public void consume(ByteBuffer bytes) {
    byte[] chunk = new byte[bytes.remaining()];
    bytes.get(chunk);
    body.push(chunk);
  }

  @Override
  public void streamEnd(List<? extends Header> trailers) {
    body.end();
    done.completed(null);
  }

  @Override
  public void failed(Exception cause) {
    body.fail(cause);
  }

  void cancelled() {
    body.fail(new IOException("cancelled"));
  }

  @Override
  public void releaseResources() {}

  @Override
  public void updateCapacity(CapacityChannel channel) throws IOException {
    channel.update(Integer.MAX_VALUE);
  }

  @Override
  public void informationResponse(HttpResponse response, HttpContext context) {}
}
