package io.sidetrace.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.Caller;
import io.sidetrace.instrumentation.testing.Caller.Outgoing;
import io.sidetrace.instrumentation.testing.ClientContract;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import org.junit.jupiter.api.Test;

/** Calls that the application's own interceptors read, change, repeat and nest. */
class OkHttpInterceptorTest extends ClientContract {
  private static final OkHttpClient CLIENT = OkHttpCaller.CLIENT;

  @Override
  protected Caller caller() {
    return new OkHttpCaller();
  }

  private Request ask() {
    return OkHttpCaller.newRequest(question());
  }

  @Test
  void anInterceptorThatReadsTheBody_doesNotDoubleIt() throws Exception {
    server.answer((request, reply) -> reply.send(200, JSON, REPLY));
    Buffer logged = new Buffer();
    OkHttpClient logging =
        CLIENT
            .newBuilder()
            .addInterceptor(
                chain -> {
                  chain.request().body().writeTo(logged);
                  return chain.proceed(chain.request());
                })
            .build();

    logging.newCall(ask()).execute().close();

    assertThat(logged.readByteArray()).isEqualTo(QUESTION);
    assertThat(exchange().request().toBytes()).isEqualTo(QUESTION);
    assertThat(logging.interceptors()).hasSize(1);
  }

  @Test
  void anInterceptorThatTriesAgain_leavesTheLastAttempt() throws Exception {
    server.answer(
        (request, reply) -> reply.send(server.received().size() < 2 ? 503 : 200, JSON, REPLY));
    OkHttpClient stubborn =
        CLIENT
            .newBuilder()
            .addInterceptor(
                chain -> {
                  Response first = chain.proceed(chain.request());
                  first.close();
                  return chain.proceed(chain.request());
                })
            .build();

    try (Response response = stubborn.newCall(ask()).execute()) {
      assertThat(response.body().bytes()).isEqualTo(REPLY);
    }

    assertThat(exchange().event().http().status()).isEqualTo(200);
    assertThat(exchange().request().toBytes()).isEqualTo(QUESTION);
    assertThat(agent.events()).hasSize(1);
  }

  @Test
  @SuppressWarnings("deprecation") // OkHttp 3 has no other
  void whatAnInterceptorSends_isWhatIsCaptured() throws Exception {
    byte[] longer = "{\"model\":\"m\",\"user\":\"ada\"}".getBytes(UTF_8);
    OkHttpClient changing =
        CLIENT
            .newBuilder()
            .addInterceptor(
                chain ->
                    chain.proceed(
                        chain
                            .request()
                            .newBuilder()
                            .post(RequestBody.create(MediaType.parse(JSON), longer))
                            .build()))
            .addNetworkInterceptor(
                chain -> {
                  assertThat(chain.request().header("traceparent")).isNull();
                  return chain.proceed(chain.request());
                })
            .build();
    server.answer((request, reply) -> reply.send(200, JSON, request.body()));

    inRequest(
        () -> {
          try (Response response = changing.newCall(ask()).execute()) {
            assertThat(response.body().bytes()).isEqualTo(longer);
            assertThat(response.request().header("traceparent")).isNull();
          }
        });

    assertThat(agent.events().get(0).request().toBytes()).isEqualTo(longer);
    assertThat(server.received().get(0).headers()).containsKey("traceparent");
  }

  @Test
  void aCallInsideAnInterceptor_isNotTakenForTheOuterOne() throws Exception {
    server.answer((request, reply) -> reply.send(200, JSON, REPLY));
    Request token = OkHttpCaller.newRequest(Outgoing.post(server.uri("/token"), QUESTION));
    OkHttpClient refreshing =
        CLIENT
            .newBuilder()
            .addInterceptor(
                chain -> {
                  CLIENT.newCall(token).execute().close();
                  return chain.proceed(chain.request());
                })
            .build();

    try (Response response = refreshing.newCall(ask()).execute()) {
      assertThat(response.body().bytes()).isEqualTo(REPLY);
    }

    Frame frame = exchange();
    assertThat(frame.event().http().url()).endsWith(CHAT);
    assertThat(frame.request().toBytes()).isEqualTo(QUESTION);
    assertThat(agent.events()).hasSize(1);
  }
}
