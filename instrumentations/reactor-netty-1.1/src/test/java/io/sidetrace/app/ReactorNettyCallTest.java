package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.Caller;
import io.sidetrace.instrumentation.testing.ClientCallContract;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

class ReactorNettyCallTest extends ClientCallContract {

  @Override
  protected Caller caller() {
    return new ReactorNettyCaller();
  }

  @Test
  void cancelledAfterItsEnd_leavesTheNextCallOnItsConnectionAlone() throws Exception {
    HttpClient oneConnection = HttpClient.create(ConnectionProvider.create("one", 1));
    AtomicReference<Subscription> first = new AtomicReference<>();
    AtomicInteger requests = new AtomicInteger();
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    server.answer(
        (request, reply) -> {
          if (requests.incrementAndGet() == 2) {
            arrived.countDown();
            cancelled.await(20, TimeUnit.SECONDS);
          }
          reply.send(200, JSON, REPLY);
        });

    post(oneConnection).doOnSubscribe(first::set).blockLast();
    CompletableFuture<byte[]> second = post(oneConnection).next().toFuture();
    assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
    first.get().cancel();
    cancelled.countDown();

    assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo(REPLY);
    agent.awaitEvents(2);
    for (Frame call : agent.events()) {
      assertThat(call.response().toBytes()).isEqualTo(REPLY);
      assertThat(call.event().responseSize().closedEarly()).isFalse();
    }
  }

  private Flux<byte[]> post(HttpClient client) {
    ByteBuf question = Unpooled.wrappedBuffer(QUESTION);
    return client
        .headers(headers -> headers.set("Content-Type", JSON))
        .post()
        .uri(server.uri(CHAT).toString())
        .send(Mono.just(question))
        .response((response, body) -> body.asByteArray());
  }
}
