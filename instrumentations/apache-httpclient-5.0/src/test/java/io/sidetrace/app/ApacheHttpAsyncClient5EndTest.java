package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.event.Event;
import io.sidetrace.instrumentation.testing.Caller;
import io.sidetrace.instrumentation.testing.ClientEndContract;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.junit.jupiter.api.Test;

class ApacheHttpAsyncClient5EndTest extends ClientEndContract {

  @Override
  protected Caller caller() {
    return new ApacheHttpAsyncClient5Caller();
  }

  /** The client does so itself where the answer is whole before the caller has its future. */
  @Test
  void cancelledAtTheLastByte_isNotClosedEarly() throws Exception {
    CompletableFuture<Future<SimpleHttpResponse>> running = new CompletableFuture<>();
    server.answer(
        (request, reply) -> {
          running.get(20, TimeUnit.SECONDS);
          reply.begin(200, JSON).write(REPLY);
        });
    SimpleHttpRequest request = new SimpleHttpRequest("POST", server.uri(CHAT));
    request.setBody(QUESTION, null);

    try (var client = HttpAsyncClients.createDefault()) {
      client.start();
      running.complete(
          client.execute(
              SimpleRequestProducer.create(request),
              SimpleResponseConsumer.create(),
              new Cancelling(running)));
      Event event = exchange().event();

      assertThat(event.error()).isNull();
      assertThat(event.responseSize()).isEqualTo(new Event.BodySize(REPLY.length, false, false));
    }
  }

  private record Cancelling(CompletableFuture<Future<SimpleHttpResponse>> running)
      implements FutureCallback<SimpleHttpResponse> {

    @Override
    public void completed(SimpleHttpResponse response) {
      running.join().cancel(true);
    }

    @Override
    public void failed(Exception failure) {}

    @Override
    public void cancelled() {}
  }
}
