package io.sidetrace.instrumentation.apachehttpclient5;

import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Context;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.jspecify.annotations.Nullable;

/** Hears how the chain ended, and gives on the body; both run in the caller's context. */
final class TeeExecCallback implements AsyncExecCallback {
  private final AsyncExecCallback callback;
  private final @Nullable ClientCall call;
  private final @Nullable Context caller;

  TeeExecCallback(AsyncExecCallback callback, @Nullable ClientCall call, @Nullable Context caller) {
    this.callback = callback;
    this.call = call;
    this.caller = caller;
  }

  @Override
  public @Nullable AsyncDataConsumer handleResponse(
      HttpResponse response, @Nullable EntityDetails entity) throws HttpException, IOException {
    if (call != null) {
      Header type = response.getFirstHeader("Content-Type");
      call.responseHead(
          response.getCode(),
          type == null ? null : type.getValue(),
          entity == null ? null : entity.getContentEncoding(), // null where the client inflates
          entity == null ? 0 : entity.getContentLength());
    }
    Context previous = Context.attach(caller);
    try {
      AsyncDataConsumer consumer = callback.handleResponse(response, entity);
      return consumer == null ? null : new TeeDataConsumer(consumer);
    } finally {
      Context.restore(previous);
    }
  }

  @Override
  public void handleInformationResponse(HttpResponse response) throws HttpException, IOException {
    callback.handleInformationResponse(response);
  }

  @Override
  public void completed() {
    Context previous = Context.attach(caller);
    try {
      callback.completed();
    } finally {
      Context.restore(previous);
      if (call != null) {
        call.end();
      }
    }
  }

  @Override
  public void failed(Exception cause) {
    if (call != null) {
      call.end(cause);
    }
    Context previous = Context.attach(caller);
    try {
      callback.failed(cause);
    } finally {
      Context.restore(previous);
    }
  }

  private final class TeeDataConsumer implements AsyncDataConsumer {
    private final AsyncDataConsumer consumer;

    TeeDataConsumer(AsyncDataConsumer consumer) {
      this.consumer = consumer;
    }

    /** Copies first: the consumer reads the buffer to its end. */
    @Override
    public void consume(ByteBuffer bytes) throws IOException {
      if (call != null) {
        call.responseBytes(bytes);
      }
      Context previous = Context.attach(caller);
      try {
        consumer.consume(bytes);
      } finally {
        Context.restore(previous);
      }
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers)
        throws HttpException, IOException {
      Context previous = Context.attach(caller);
      try {
        consumer.streamEnd(trailers);
      } finally {
        Context.restore(previous);
      }
    }

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
      consumer.updateCapacity(channel);
    }

    @Override
    public void releaseResources() {
      consumer.releaseResources();
    }
  }
}
