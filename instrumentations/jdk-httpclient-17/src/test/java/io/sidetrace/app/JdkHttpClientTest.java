package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sidetrace.agent.api.Context;
import io.sidetrace.event.Event;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.Caller;
import io.sidetrace.instrumentation.testing.Caller.Outgoing;
import io.sidetrace.instrumentation.testing.ClientContract;
import io.sidetrace.instrumentation.testing.FakeWebSocket;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What only {@code java.net.http} has. */
class JdkHttpClientTest extends ClientContract {
  private static final HttpClient CLIENT = JdkHttpCaller.CLIENT;

  @Override
  protected Caller caller() {
    return new JdkHttpCaller();
  }

  private HttpRequest ask() {
    return JdkHttpCaller.newRequest(question());
  }

  @Test
  void everyHandlerOfTheJdk_getsItsBody() throws Exception {
    server.answer((request, reply) -> reply.begin(200, JSON).write(utf8("a\nb")));

    assertThat(CLIENT.send(ask(), BodyHandlers.ofString()).body()).isEqualTo("a\nb");
    assertThat(CLIENT.send(ask(), BodyHandlers.ofByteArray()).body()).isEqualTo(utf8("a\nb"));
    assertThat(CLIENT.send(ask(), BodyHandlers.discarding()).body()).isNull();
    assertThat(CLIENT.send(ask(), BodyHandlers.buffering(BodyHandlers.ofString(), 1)).body())
        .isEqualTo("a\nb");
    try (Stream<String> lines = CLIENT.send(ask(), BodyHandlers.ofLines()).body()) {
      assertThat(lines).containsExactly("a", "b");
    }
    assertThat(collect(CLIENT.send(ask(), BodyHandlers.ofPublisher()).body())).isEqualTo("a\nb");

    assertThat(agent.awaitEvents(6))
        .hasSize(6)
        .allSatisfy(frame -> assertThat(frame.response().toUtf8()).isEqualTo("a\nb"));
  }

  @Test
  void mapping_isNoPartOfTheCall() throws Exception {
    server.answer((request, reply) -> reply.begin(200, JSON).write(REPLY));
    BodyHandler<Frame> mapping =
        info ->
            BodySubscribers.mapping(BodySubscribers.discarding(), nothing -> agent.awaitEvent());

    Frame frame = CLIENT.send(ask(), mapping).body();

    assertThat(frame.event().responseSize())
        .isEqualTo(new Event.BodySize(REPLY.length, false, false));
  }

  private static String collect(Flow.Publisher<List<ByteBuffer>> body) throws Exception {
    CompletableFuture<String> whole = new CompletableFuture<>();
    body.subscribe(
        new Flow.Subscriber<>() {
          private final StringBuilder text = new StringBuilder();

          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
          }

          @Override
          public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
              while (buffer.hasRemaining()) {
                text.append((char) buffer.get());
              }
            }
          }

          @Override
          public void onError(Throwable failure) {
            whole.completeExceptionally(failure);
          }

          @Override
          public void onComplete() {
            whole.complete(text.toString());
          }
        });
    return whole.get(20, TimeUnit.SECONDS);
  }

  @Test
  void aHandlerThatFails_failsTheCallAsWithoutUs() throws Exception {
    server.answer((request, reply) -> reply.send(200, JSON, REPLY));
    BodyHandler<String> broken =
        info -> {
          throw new IllegalStateException("theirs");
        };

    Throwable with = catchThrowable(() -> CLIENT.send(ask(), broken));

    assertThat(exchange().event().error().message()).contains("theirs");
    Throwable without = untraced(() -> catchThrowable(() -> CLIENT.send(ask(), broken)));
    assertThat(with).hasSameClassAs(without).hasMessage(without.getMessage());
  }

  @Test
  void credentialsThatAreAskedFor_areAnotherAttemptOfTheSameCall() throws Exception {
    server.answer(
        (request, reply) -> {
          if (request.headers().containsKey("authorization")) {
            reply.send(200, JSON, REPLY);
          } else {
            reply.header("WWW-Authenticate", "Basic realm=\"r\"").send(401, JSON, new byte[0]);
          }
        });
    HttpClient authenticating =
        HttpClient.newBuilder()
            .authenticator(
                new Authenticator() {
                  @Override
                  protected PasswordAuthentication getPasswordAuthentication() {
                    return new PasswordAuthentication("u", "p".toCharArray());
                  }
                })
            .build();

    assertThat(authenticating.send(ask(), BodyHandlers.ofByteArray()).body()).isEqualTo(REPLY);

    assertThat(server.received()).hasSize(2);
    assertThat(exchange().request().toBytes()).isEqualTo(QUESTION);
    assertThat(exchange().event().http().status()).isEqualTo(200);
    assertThat(agent.events()).hasSize(1);
  }

  @Test
  void theResponsesRequest_equalsTheApplications() throws Exception {
    server.answer((request, reply) -> reply.send(200, JSON, REPLY));
    HttpRequest request = ask();

    HttpRequest seen = CLIENT.send(request, BodyHandlers.ofString()).request();

    assertThat(seen).isEqualTo(request).hasToString(request.toString());
    assertThat(seen.bodyPublisher()).isEqualTo(request.bodyPublisher());
  }

  @Test
  void cancellingWhatDependsOnTheFuture_cancelsTheRequestInATraceToo() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    server.answer((request, reply) -> over.await(20, TimeUnit.SECONDS));

    inRequest(
        () -> {
          CompletableFuture<Void> dependent =
              CLIENT
                  .sendAsync(ask(), BodyHandlers.ofString())
                  .thenApply(response -> response.body().length())
                  .thenAccept(length -> {});
          dependent.cancel(true);
          assertThatThrownBy(dependent::join).isInstanceOf(CancellationException.class);
          agent.awaitEvent();
        });

    assertThat(exchange().event().responseSize().closedEarly()).isTrue();
    assertThat(exchange().event().error()).isNull();
    over.countDown();
  }

  @Test
  void theFutureInATrace_cannotBeObtruded() throws Exception {
    server.answer((request, reply) -> reply.send(200, JSON, REPLY));

    inRequest(
        () -> {
          var future = CLIENT.sendAsync(ask(), BodyHandlers.ofString());
          assertThatThrownBy(() -> future.obtrudeValue(null))
              .isInstanceOf(UnsupportedOperationException.class);
          assertThatThrownBy(() -> future.obtrudeException(new Exception()))
              .isInstanceOf(UnsupportedOperationException.class);
          future.get(20, TimeUnit.SECONDS);
        });
  }

  @Test
  void aFailureInATrace_reachesWhatDependsOnItAsWithoutUs() throws Exception {
    Outgoing impossible = Outgoing.post(java.net.URI.create("http://localhost:1" + CHAT), QUESTION);
    AtomicReference<Context> there = new AtomicReference<>();

    Event parent =
        inRequest(
            () -> {
              Throwable with =
                  CLIENT
                      .sendAsync(JdkHttpCaller.newRequest(impossible), BodyHandlers.ofString())
                      .handle(
                          (response, failure) -> {
                            there.set(Context.current());
                            return failure;
                          })
                      .get(20, TimeUnit.SECONDS);
              Throwable without =
                  untraced(
                      () ->
                          CLIENT
                              .sendAsync(
                                  JdkHttpCaller.newRequest(impossible), BodyHandlers.ofString())
                              .handle((response, failure) -> failure)
                              .get(20, TimeUnit.SECONDS));
              assertThat(with).hasSameClassAs(without);
              assertThat(with.getCause()).hasSameClassAs(without.getCause());
              agent.awaitEvent();
            });

    assertThat(there.get()).isNotNull();
    assertThat(exchange().event().parentSpanId()).isEqualTo(parent.spanId());
  }

  @Test
  void aWebSocketInATrace_opens() throws Exception {
    try (FakeWebSocket greeting = FakeWebSocket.start("hi")) {
      CompletableFuture<String> heard = new CompletableFuture<>();

      inRequest(
          () ->
              CLIENT
                  .newWebSocketBuilder()
                  .buildAsync(
                      greeting.uri(),
                      new WebSocket.Listener() {
                        @Override
                        public CompletionStage<?> onText(
                            WebSocket socket, CharSequence data, boolean last) {
                          heard.complete(data.toString());
                          return null;
                        }
                      })
                  .get(20, TimeUnit.SECONDS));

      assertThat(heard.get(20, TimeUnit.SECONDS)).isEqualTo("hi");
    }
  }
}
