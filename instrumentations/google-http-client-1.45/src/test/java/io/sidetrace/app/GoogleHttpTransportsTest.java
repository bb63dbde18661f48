package io.sidetrace.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.GZipEncoding;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpBackOffUnsuccessfulResponseHandler;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpResponseException;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.apache.v2.ApacheHttpTransport;
import com.google.api.client.http.apache.v5.Apache5HttpTransport;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.util.BackOff;
import io.sidetrace.event.Event;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.Caller;
import io.sidetrace.instrumentation.testing.ClientContract;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a call is, whichever client that we know as well is below. */
class GoogleHttpTransportsTest extends ClientContract {

  static List<HttpTransport> transports() {
    return List.of(new NetHttpTransport(), new ApacheHttpTransport(), new Apache5HttpTransport());
  }

  @Override
  protected Caller caller() {
    return new GoogleHttpCaller();
  }

  private HttpRequest request(HttpTransport transport) throws IOException {
    return transport
        .createRequestFactory()
        .buildPostRequest(new GenericUrl(server.uri(CHAT)), new ByteArrayContent(JSON, QUESTION));
  }

  @ParameterizedTest
  @MethodSource("transports")
  void aCallInARequest_isRecordedOnceAndSaysSo(HttpTransport transport) throws Exception {
    server.answer((request, reply) -> reply.begin(200, JSON).write(REPLY));

    Event parent =
        inRequest(
            () -> assertThat(request(transport).execute().parseAsString()).isEqualTo(reply()));

    Event call = exchange().event();
    assertWhole(exchange(), 200, REPLY);
    assertThat(call.parentSpanId()).isEqualTo(parent.spanId());
    assertThat(server.received().get(0).headers().get("traceparent"))
        .isEqualTo("00-" + call.traceId() + "-" + call.spanId() + "-01");
    assertThat(agent.events()).hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("transports")
  void aCallOnAnExecutor_keepsItsRequest(HttpTransport transport) throws Exception {
    server.answer((request, reply) -> reply.send(200, JSON, REPLY));
    ExecutorService executor = Executors.newSingleThreadExecutor();

    Event parent =
        inRequest(
            () -> {
              HttpResponse answer =
                  request(transport).executeAsync(executor).get(20, TimeUnit.SECONDS);
              assertThat(answer.parseAsString()).isEqualTo(reply());
            });
    executor.shutdown();

    assertWhole(exchange(), 200, REPLY);
    assertThat(exchange().event().parentSpanId()).isEqualTo(parent.spanId());
    assertThat(agent.events()).hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("transports")
  void aRefusalThatIsThrown_isAnAnswer(HttpTransport transport) throws Exception {
    server.answer((request, reply) -> reply.begin(429, JSON).write(REPLY));

    HttpResponseException thrown =
        catchThrowableOfType(HttpResponseException.class, () -> request(transport).execute());

    assertThat(thrown.getContent()).isEqualTo(reply());
    assertWhole(exchange(), 429, REPLY);
    assertThat(exchange().event().level()).isEqualTo(Event.Level.ERROR);
    assertThat(agent.events()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("transports")
  void anAnswerThatIsNotTaken_isACallOfItsOwn(HttpTransport transport) throws Exception {
    server.answer(
        (request, reply) -> reply.send(server.received().size() == 1 ? 503 : 200, JSON, REPLY));
    HttpRequest request =
        request(transport)
            .setUnsuccessfulResponseHandler(
                new HttpBackOffUnsuccessfulResponseHandler(BackOff.ZERO_BACKOFF));

    Event parent =
        inRequest(() -> assertThat(request.execute().parseAsString()).isEqualTo(reply()));

    List<Frame> calls = agent.awaitEvents(3);
    assertThat(calls.get(0).event().http().status()).isEqualTo(503);
    assertThat(calls.get(0).request().toBytes()).isEqualTo(QUESTION);
    assertThat(calls.get(0).event().parentSpanId()).isEqualTo(parent.spanId());
    assertWhole(calls.get(1), 200, REPLY);
    assertThat(calls.get(1).event().parentSpanId()).isEqualTo(parent.spanId());
    assertThat(calls).hasSize(3);
  }

  @ParameterizedTest
  @MethodSource("transports")
  void anAnswerThatAHandlerReads_isACallOfItsOwn(HttpTransport transport) throws Exception {
    server.answer(
        (request, reply) -> reply.send(server.received().size() == 1 ? 403 : 200, JSON, REPLY));
    HttpRequest request =
        request(transport)
            .setUnsuccessfulResponseHandler(
                (sent, answer, retries) -> answer.parseAsString().equals(reply()));

    assertThat(request.execute().parseAsString()).isEqualTo(reply());

    List<Frame> calls = agent.awaitEvents(2);
    assertWhole(calls.get(0), 403, REPLY);
    assertWhole(calls.get(1), 200, REPLY);
    assertThat(calls).hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("transports")
  void anAttemptWithoutAnAnswer_goesOnInTheSameCall(HttpTransport transport) throws Exception {
    server.answer((request, reply) -> reply.send(200, JSON, REPLY));
    String nowhere = nowhere();
    HttpRequest request =
        request(transport)
            .setUrl(new GenericUrl(nowhere))
            .setIOExceptionHandler(
                (sent, retries) -> {
                  sent.setUrl(new GenericUrl(server.uri(CHAT)));
                  return true;
                });

    assertThat(request.execute().parseAsString()).isEqualTo(reply());

    assertWhole(exchange(), 200, REPLY);
    assertThat(exchange().event().http().url()).isEqualTo(nowhere);
    assertThat(agent.events()).hasSize(1);
  }

  private static String nowhere() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return "http://localhost:" + free.getLocalPort() + CHAT;
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void aRedirect_isPartOfOneCall(HttpTransport transport) throws Exception {
    server.answer(
        (request, reply) -> {
          if (server.received().size() == 1) {
            reply.header("Location", server.uri("/new" + CHAT).toString());
            reply.send(308, "text/plain", new byte[0]);
          } else {
            reply.send(200, JSON, REPLY);
          }
        });

    assertThat(request(transport).execute().parseAsString()).isEqualTo(reply());

    assertWhole(exchange(), 200, REPLY);
    assertThat(agent.events()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("transports")
  void aCallForAToken_isNotPartOfTheCall(HttpTransport transport) throws Exception {
    server.answer((request, reply) -> reply.send(200, JSON, request.body()));
    HttpRequest request =
        request(transport)
            .setInterceptor(
                sent ->
                    transport
                        .createRequestFactory()
                        .buildPostRequest(
                            new GenericUrl(server.uri("/token")), new ByteArrayContent(JSON, REPLY))
                        .execute()
                        .disconnect());

    assertThat(request.execute().parseAsString()).isEqualTo(new String(QUESTION, UTF_8));

    assertWhole(exchange(), 200, QUESTION);
    assertThat(agent.events()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("transports")
  void gzip_isCapturedAsItIsSentAndRead(HttpTransport transport) throws Exception {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(zipped)) {
      zip.write(REPLY);
    }
    server.answer(
        (request, reply) ->
            reply.header("Content-Encoding", "gzip").send(200, JSON, zipped.toByteArray()));

    HttpResponse answer = request(transport).setEncoding(new GZipEncoding()).execute();

    assertThat(answer.parseAsString()).isEqualTo(reply());
    Frame call = exchange();
    assertThat(call.response().toBytes()).isEqualTo(REPLY);
    assertThat(call.event().http().responseEncoding()).isNull();
    assertThat(call.event().http().requestEncoding()).isEqualTo("gzip");
    assertThat(call.request().toBytes()).isEqualTo(server.received().get(0).body());
    try (var unzip = new GZIPInputStream(new ByteArrayInputStream(call.request().toBytes()))) {
      assertThat(unzip.readAllBytes()).isEqualTo(QUESTION);
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void theBody_isTheSameEachTime(HttpTransport transport) throws Exception {
    server.answer((request, reply) -> reply.begin(200, JSON).write(REPLY));

    HttpResponse answer = request(transport).execute();

    InputStream body = answer.getContent();
    assertThat(answer.getContent()).isSameAs(body);
    body.mark(4);
    body.readNBytes(4);
    body.reset();
    assertThat(answer.parseAsString()).isEqualTo(reply());
    assertWhole(exchange(), 200, REPLY);
  }

  private static String reply() {
    return new String(REPLY, UTF_8);
  }

  private static void assertWhole(Frame call, int status, byte[] response) {
    Event event = call.event();
    assertThat(event.kind()).isEqualTo(Event.Kind.EXCHANGE);
    assertThat(event.http().client()).isEqualTo("google-http-client");
    assertThat(event.http().status()).isEqualTo(status);
    assertThat(event.error()).isNull();
    assertThat(event.responseSize()).isEqualTo(new Event.BodySize(response.length, false, false));
    assertThat(call.request().toBytes()).isEqualTo(QUESTION);
    assertThat(call.response().toBytes()).isEqualTo(response);
  }
}
