package io.sidetrace.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.sidetrace.agent.api.Context;
import io.sidetrace.event.Event;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.Caller;
import io.sidetrace.instrumentation.testing.ClientContract;
import io.sidetrace.instrumentation.testing.coverage.Behaviour;
import io.sidetrace.instrumentation.testing.coverage.Covers;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.asynchttpclient.AsyncCompletionHandlerBase;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.BoundRequestBuilder;
import org.asynchttpclient.Dsl;
import org.asynchttpclient.HttpResponseBodyPart;
import org.asynchttpclient.ListenableFuture;
import org.asynchttpclient.Response;
import org.asynchttpclient.request.body.generator.ByteArrayBodyGenerator;
import org.asynchttpclient.request.body.generator.UnboundedQueueFeedableBodyGenerator;
import org.asynchttpclient.request.body.multipart.StringPart;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the library's users do beyond the contract: as it comes, whole answers and retries. */
@NullUnmarked
class AsyncHttpClientUseTest extends ClientContract {
  private static final AsyncHttpClient CLIENT = Dsl.asyncHttpClient();
  private static final List<AsyncHttpClient> CLIENTS =
      List.of(CLIENT, AsyncHttpClientCaller.HTTP_2);
  private static final byte[] CHUNK = utf8("data: 1\n\n");

  @Override
  protected Caller caller() {
    return new AsyncHttpClientCaller();
  }

  @AfterAll
  static void close() throws Exception {
    CLIENT.close();
  }

  static Stream<Arguments> bodies() {
    return Stream.of(
        body("text", request -> request.setBody(new String(QUESTION, UTF_8))),
        body("byte arrays", request -> request.setBody(List.of(QUESTION, QUESTION))),
        body("a stream", request -> request.setBody(new ByteArrayInputStream(QUESTION))),
        body("generated", request -> request.setBody(new ByteArrayBodyGenerator(QUESTION))),
        body("fed", request -> request.setBody(fed())),
        body("parts", request -> request.addBodyPart(new StringPart("model", "m"))),
        body(
            "a stream the server wants",
            request ->
                request
                    .setHeader("Expect", "100-continue")
                    .setBody(new ByteArrayInputStream(QUESTION))));
  }

  private static Arguments body(String kind, UnaryOperator<BoundRequestBuilder> set) {
    return Arguments.of(kind, set);
  }

  private static UnboundedQueueFeedableBodyGenerator fed() {
    var generator = new UnboundedQueueFeedableBodyGenerator();
    try {
      generator.feed(Unpooled.copiedBuffer(QUESTION), false);
      generator.feed(Unpooled.copiedBuffer(QUESTION), true);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return generator;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bodies")
  @Covers(Behaviour.ONE_SHOT)
  void aBodyOfAnyKind_isCapturedAsItIsSent(String kind, UnaryOperator<BoundRequestBuilder> set)
      throws Exception {
    server.answer((request, reply) -> reply.send(200, JSON, REPLY));

    for (int call = 0; call < CLIENTS.size(); call++) {
      Response answer = set.apply(post(CLIENTS.get(call))).execute().get();

      assertThat(answer.getResponseBodyAsBytes()).isEqualTo(REPLY);
      byte[] sent = server.received().get(call).body();
      assertThat(new String(sent, UTF_8)).contains("model");
      Frame frame = agent.awaitEvents(call + 1).get(call);
      assertThat(frame.request().toBytes()).isEqualTo(sent);
      assertThat(frame.response().toBytes()).isEqualTo(REPLY);
    }
  }

  @Test
  @Covers(Behaviour.ASYNC)
  void whatWaitsForAFuture_runsInTheCallersContext() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    server.answer(
        (request, reply) -> {
          waiting.await(20, TimeUnit.SECONDS);
          reply.send(200, JSON, REPLY);
        });

    inRequest(
        () -> {
          CompletableFuture<Context> listened = new CompletableFuture<>();
          ListenableFuture<Response> future = post().setBody(QUESTION).execute();
          var unused = future.addListener(() -> listened.complete(Context.current()), null);
          CompletableFuture<Context> depending =
              future.toCompletableFuture().thenApply(answer -> Context.current());
          waiting.countDown();

          assertThat(listened.get()).isSameAs(Context.current());
          assertThat(depending.get()).isSameAs(Context.current());
        });
  }

  @Test
  @Covers(Behaviour.FAILURE)
  void aRetry_isPartOfOneCall() throws Exception {
    server.answer(
        (request, reply) -> {
          reply.begin(200, "text/event-stream");
          if (server.received().size() == 1) {
            reply.breakOff();
          }
          reply.write(CHUNK);
        });

    Response answer = post().setBody(QUESTION).execute().get();

    assertThat(server.received()).hasSize(2);
    Frame frame = exchange();
    assertThat(frame.request().toBytes()).isEqualTo(QUESTION);
    assertThat(answer.getResponseBodyAsBytes()).isEqualTo(CHUNK);
    assertThat(frame.response().toBytes()).isEqualTo(CHUNK);
    assertThat(frame.event().error()).isNull();
    assertThat(agent.events()).hasSize(1);
  }

  @Test
  @Covers(Behaviour.CLOSED)
  void aHandlerThatAborts_closesEarly() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    server.answer(
        (request, reply) -> {
          reply.begin(200, "text/event-stream").write(CHUNK);
          over.await(20, TimeUnit.SECONDS);
        });

    post()
        .setBody(QUESTION)
        .execute(
            new AsyncCompletionHandlerBase() {
              @Override
              public State onBodyPartReceived(HttpResponseBodyPart part) {
                return State.ABORT;
              }
            })
        .get();
    over.countDown();

    Event event = exchange().event();
    assertThat(event.responseSize()).isEqualTo(new Event.BodySize(CHUNK.length, false, true));
    assertThat(event.error()).isNull();
  }

  private BoundRequestBuilder post() {
    return post(CLIENT);
  }

  private BoundRequestBuilder post(AsyncHttpClient client) {
    return client.preparePost(server.uri(CHAT).toString()).setHeader("Content-Type", JSON);
  }
}
