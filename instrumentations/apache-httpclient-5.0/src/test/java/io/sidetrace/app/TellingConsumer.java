package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.Caller;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import org.apache.hc.client5.http.async.methods.AbstractBinResponseConsumer;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpResponse;

/** Tells of a body as the client does, and of its end where the client completes its future. */
final class TellingConsumer extends AbstractBinResponseConsumer<Void> {
  private final Caller.Listener listener;

  TellingConsumer(Caller.Listener listener) {
    this.listener = listener;
  }

  FutureCallback<Void> outcome() {
    return new FutureCallback<>() {
      @Override
      public void completed(Void none) {
        listener.onEnd(null);
      }

      @Override
      public void failed(Exception failure) {
        listener.onEnd(failure);
      }

      @Override
      public void cancelled() {
        listener.onEnd(new CancellationException());
      }
    };
  }

  @Override
  protected void start(HttpResponse response, ContentType type) {}

  @Override
  protected int capacityIncrement() {
    return Integer.MAX_VALUE;
  }

  @Override
  protected void data(ByteBuffer bytes, boolean last) {
    if (bytes.hasRemaining()) {
      bytes.position(bytes.limit());
      listener.onChunk();
    }
  }

  @Override
  protected Void buildResult() {
    return null;
  }

  @Override
  public void releaseResources() {}
}
