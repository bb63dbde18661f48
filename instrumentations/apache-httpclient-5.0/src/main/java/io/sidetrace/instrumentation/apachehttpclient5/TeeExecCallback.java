package io.sidetrace.instrumentation.apachehttpclient5;

import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.Outgoing;
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
  private final Outgoing out;

  TeeExecCallback(AsyncExecCallback callback, Outgoing out) {
    this.callback = callback;
    this.out = out;
  }

  @Override
  public @Nullable AsyncDataConsumer handleResponse(
      HttpResponse response, @Nullable EntityDetails entity) throws HttpException, IOException {
    ClientCall call = out.call();
    if (call != null) {
      Requests.responseHead(call, response, entity);
    }
    Context previous = Context.attach(out.caller());
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
    out.end(null);
    Context previous = Context.attach(out.caller());
    try {
      callback.completed();
    } finally {
      Context.restore(previous);
    }
  }

  @Override
  public void failed(Exception cause) {
    out.end(cause);
    Context previous = Context.attach(out.caller());
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
      ClientCall call = out.call();
      if (call != null) {
        call.responseBytes(bytes);
      }
      Context previous = Context.attach(out.caller());
      try {
        consumer.consume(bytes);
      } finally {
        Context.restore(previous);
      }
    }

    /**
     * Ends the call first: the consumer completes the application's future, and that cancels what
     * is left of the exchange, where the caller's thread has not registered it yet.
     */
    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers)
        throws HttpException, IOException {
      out.end(null);
      Context previous = Context.attach(out.caller());
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
