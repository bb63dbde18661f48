package io.sidetrace.instrumentation.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.Tracer;
import io.sidetrace.event.Event;
import io.sidetrace.instrumentation.testing.Caller.Incoming;
import io.sidetrace.instrumentation.testing.Caller.Outgoing;
import io.sidetrace.instrumentation.testing.coverage.Behaviour;
import io.sidetrace.instrumentation.testing.coverage.Covers;
import io.sidetrace.instrumentation.testing.coverage.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Whose call it is: its place in a trace, and which calls are recorded at all. */
@NullUnmarked
abstract class ClientContextContract extends ClientCallbackContract {

  @Test
  @Covers(Behaviour.CONTEXT)
  void aCallInARequest_isItsChild_andTheContextIsRestored() throws Exception {
    server.answer((request, reply) -> reply.send(200, JSON, REPLY));

    Event parent = inRequest(() -> read(question()));

    assertThat(exchange().event().parentSpanId()).isEqualTo(parent.spanId());
    assertThat(exchange().event().traceId()).isEqualTo(parent.traceId());
  }

  @Test
  @Covers(Behaviour.CONTEXT)
  void traceparent_isSentUnlessTheApplicationSentOne() throws Exception {
    server.answer((request, reply) -> reply.send(200, JSON, REPLY));
    String own = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

    read(question());
    read(question().headers(Map.of("Content-Type", JSON, "traceparent", own)));

    Event event = agent.awaitEvents(2).get(0).event();
    assertThat(server.received().get(0).headers().get("traceparent"))
        .isEqualTo("00-" + event.traceId() + "-" + event.spanId() + "-01");
    assertThat(server.received().get(1).headers().get("traceparent")).isEqualTo(own);
  }

  @Test
  @Covers(Behaviour.CONTEXT)
  void anotherCallInARequest_carriesTheTraceAndIsNotRecorded() throws Exception {
    server.answer((request, reply) -> reply.send(200, JSON, REPLY));

    Event parent =
        inRequest(() -> read(Outgoing.post(server.uri("/orders"), utf8("{\"model\":\"T\"}"))));

    assertThat(server.received().get(0).headers().get("traceparent"))
        .isEqualTo("00-" + parent.traceId() + "-" + parent.spanId() + "-01");
    assertThat(agent.events()).hasSize(1);
  }

  @Test
  @Covers(Behaviour.ASYNC)
  void whatFollowsAnAsyncCall_runsInTheCallersContext() throws Exception {
    server.answer((request, reply) -> reply.send(200, JSON, REPLY));
    AtomicReference<Context> there = new AtomicReference<>();
    AtomicReference<Context> here = new AtomicReference<>();

    inRequest(
        () -> {
          here.set(Context.current());
          CompletableFuture<Incoming> answered =
              caller()
                  .callAsync(question())
                  .thenApply(
                      answer -> {
                        there.set(Context.current());
                        return answer;
                      });
          CompletableFuture<byte[]> read =
              is(Limit.CALLBACKS_MUST_NOT_WAIT)
                  ? answered.thenApplyAsync(ClientContract::readUnchecked)
                  : answered.thenApply(ClientContract::readUnchecked);
          assertThat(read.get()).isEqualTo(REPLY);
        });

    if (there.get() != null || !is(Limit.MAY_LOSE_CONTEXT)) {
      assertThat(there.get()).isSameAs(here.get());
    }
  }

  @Test
  @Covers(Behaviour.PARALLEL)
  void parallelCalls_keepTheirBytesAndParentsApart() throws Exception {
    server.answer((request, reply) -> reply.begin(200, JSON).write(request.body()));
    List<CompletableFuture<Void>> calls = new ArrayList<>();

    Event parent =
        inRequest(
            () -> {
              for (int i = 0; i < 16; i++) {
                byte[] body = utf8("{\"model\":\"" + i + "\"}");
                calls.add(
                    caller()
                        .callAsync(Outgoing.post(server.uri(CHAT), body))
                        .thenApplyAsync(ClientContract::readUnchecked)
                        .thenAccept(echo -> assertThat(echo).isEqualTo(body)));
              }
              CompletableFuture.allOf(calls.toArray(new CompletableFuture<?>[0])).get();
              agent.awaitEvents(16);
            });

    assertThat(agent.events().subList(0, 16))
        .allSatisfy(
            frame -> {
              assertThat(frame.response().toBytes()).isEqualTo(frame.request().toBytes());
              assertThat(frame.event().parentSpanId()).isEqualTo(parent.spanId());
              assertThat(frame.event().traceId()).isEqualTo(parent.traceId());
            });
  }

  @Test
  @Covers(Behaviour.CLIENT_OFF)
  void anotherCall_isLeftAlone() throws Exception {
    server.answer((request, reply) -> reply.send(200, JSON, REPLY));

    assertThat(read(Outgoing.post(server.uri("/orders"), QUESTION))).isEqualTo(REPLY);

    assertThat(server.received().get(0).headers()).doesNotContainKey("traceparent");
    assertThat(agent.events()).isEmpty();
  }

  @Test
  @Covers(Behaviour.CLIENT_OFF)
  void aLookAlike_isNotRecorded() throws Exception {
    server.answer((request, reply) -> reply.send(200, JSON, REPLY));

    read(Outgoing.post(server.uri("/survey/responses"), utf8("{\"answer\":\"no\"}")));
    read(Outgoing.post(server.uri("/v1/responses"), utf8("{\"model\":\"m\",\"input\":\"hi\"}")));

    assertThat(exchange().event().http().url()).endsWith("/v1/responses");
    assertThat(agent.events()).hasSize(1);
  }

  @Test
  @Covers(Behaviour.CLIENT_OFF)
  void switchedOff_itDoesNothing() throws Exception {
    server.answer((request, reply) -> reply.send(200, JSON, REPLY));
    Tracer.install(null);

    assertThat(read(question())).isEqualTo(REPLY);

    assertThat(server.received().get(0).headers()).doesNotContainKey("traceparent");
    assertThat(agent.events()).isEmpty();
  }
}
