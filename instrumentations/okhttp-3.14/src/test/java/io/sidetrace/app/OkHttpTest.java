package io.sidetrace.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.Tracer;
import io.sidetrace.event.Event;
import io.sidetrace.instrumentation.testing.Caller;
import io.sidetrace.instrumentation.testing.ClientContract;
import io.sidetrace.instrumentation.testing.FakeWebSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.BufferedSource;
import org.junit.jupiter.api.Test;

/** What only OkHttp has. */
class OkHttpTest extends ClientContract {
  private static final OkHttpClient CLIENT = OkHttpCaller.CLIENT;

  @Override
  protected Caller caller() {
    return new OkHttpCaller();
  }

  private Request ask() {
    return OkHttpCaller.newRequest(question());
  }

  @Test
  void aDroppedResponse_endsItsCallWhenItIsCollected() throws Exception {
    server.answer((request, reply) -> reply.send(200, JSON, REPLY));
    drop(CLIENT.newCall(ask()));

    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (agent.events().isEmpty() && System.nanoTime() < deadline) {
      System.gc();
      Tracer.endAbandoned();
    }

    assertThat(exchange().event().responseSize()).isEqualTo(new Event.BodySize(0, false, true));
    assertThat(exchange().event().http().status()).isEqualTo(200);
  }

  /** In a frame of its own, which keeps nothing. */
  private static void drop(Call call) throws IOException {
    assertThat(call.execute().code()).isEqualTo(200);
  }

  @Test
  void aPeek_isReadAndCapturedOnce() throws Exception {
    server.answer((request, reply) -> reply.begin(200, JSON).write(REPLY));

    try (Response response = CLIENT.newCall(ask()).execute()) {
      assertThat(response.peekBody(1000).bytes()).isEqualTo(REPLY);
      assertThat(response.body().bytes()).isEqualTo(REPLY);
    }

    assertThat(exchange().response().toBytes()).isEqualTo(REPLY);
  }

  @Test
  void theSource_isOneAndTheSame() throws Exception {
    server.answer((request, reply) -> reply.begin(200, JSON).write(REPLY));

    try (Response response = CLIENT.newCall(ask()).execute()) {
      BufferedSource source = response.body().source();
      assertThat(response.body().source()).isSameAs(source);
      assertThat(source.request(3)).isTrue();
      assertThat(source.readUtf8()).isEqualTo(new String(REPLY, UTF_8));
      assertThat(source.exhausted()).isTrue();
    }

    assertThat(exchange().event().responseSize().closedEarly()).isFalse();
  }

  @Test
  void aTunnelThroughAProxy_isAskedForWithoutTraceparent() throws Exception {
    try (ServerSocket proxy = new ServerSocket(0)) {
      CompletableFuture<String> head = CompletableFuture.supplyAsync(() -> headAndClose(proxy));
      OkHttpClient tunnelling =
          CLIENT
              .newBuilder()
              .proxy(new Proxy(Proxy.Type.HTTP, proxy.getLocalSocketAddress()))
              .build();
      Request request =
          ask().newBuilder().url("https://api.openai.test/v1/chat/completions").build();

      inRequest(
          () ->
              assertThat(catchThrowable(() -> tunnelling.newCall(request).execute()))
                  .isInstanceOf(IOException.class));

      assertThat(head.get(20, TimeUnit.SECONDS))
          .startsWith("CONNECT ")
          .doesNotContain("traceparent");
    }
  }

  private static String headAndClose(ServerSocket proxy) {
    try (Socket connection = proxy.accept()) {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) connection.getInputStream().read());
      }
      proxy.close();
      return head.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void anEnqueuedCallThatNeverRan_leavesNothing() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    server.answer(
        (request, reply) -> {
          busy.await(20, TimeUnit.SECONDS);
          reply.send(200, JSON, REPLY);
        });
    OkHttpClient single = CLIENT.newBuilder().dispatcher(new Dispatcher()).build();
    single.dispatcher().setMaxRequests(1);
    Outcome running = new Outcome();
    Outcome waiting = new Outcome();

    inRequest(
        () -> {
          single.newCall(ask()).enqueue(running);
          Call never = single.newCall(ask());
          never.enqueue(waiting);
          never.cancel();
          busy.countDown();
          running.response.get(20, TimeUnit.SECONDS).close();
          assertThat(catchThrowable(() -> waiting.response.get(20, TimeUnit.SECONDS)))
              .hasMessageContaining("Canceled");
          agent.awaitEvents(2);
        });

    assertThat(waiting.context).isNotNull().isSameAs(running.context);
    Event cancelled = agent.events().get(1).event();
    assertThat(cancelled.error()).isNull();
    assertThat(cancelled.responseSize().closedEarly()).isTrue();
    single.dispatcher().executorService().shutdown();
  }

  @Test
  void aWebSocketInATrace_opens() throws Exception {
    try (FakeWebSocket greeting = FakeWebSocket.start("hi")) {
      CompletableFuture<String> heard = new CompletableFuture<>();
      Request request =
          new Request.Builder().url(greeting.uri().toString().replace("ws:", "http:")).build();

      inRequest(
          () ->
              CLIENT.newWebSocket(
                  request,
                  new WebSocketListener() {
                    @Override
                    public void onMessage(WebSocket socket, String text) {
                      heard.complete(text);
                    }

                    @Override
                    public void onFailure(WebSocket socket, Throwable failure, Response answer) {
                      heard.completeExceptionally(failure);
                    }
                  }));

      assertThat(heard.get(20, TimeUnit.SECONDS)).isEqualTo("hi");
    }
  }

  private static final class Outcome implements Callback {
    final CompletableFuture<Response> response = new CompletableFuture<>();
    volatile Context context;

    @Override
    public void onResponse(Call call, Response answer) {
      context = Context.current();
      response.complete(answer);
    }

    @Override
    public void onFailure(Call call, IOException failure) {
      context = Context.current();
      response.completeExceptionally(failure);
    }
  }
}
