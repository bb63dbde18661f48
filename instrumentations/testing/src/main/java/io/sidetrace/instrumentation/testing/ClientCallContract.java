package io.sidetrace.instrumentation.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.Tracer;
import io.sidetrace.event.Event;
import io.sidetrace.event.EventWriter;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.Caller.Incoming;
import io.sidetrace.instrumentation.testing.Caller.Outgoing;
import io.sidetrace.instrumentation.testing.FakeLlm.Received;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** What every client instrumentation captures, and what it must leave as it is. */
@NullUnmarked
public abstract class ClientCallContract extends ClientContract {

  @Test
  void anExchange_isRecordedAsTheBytesThatPassed() throws Exception {
    server.answer((request, reply) -> reply.send(200, JSON, REPLY));

    assertThat(read(question())).isEqualTo(REPLY);

    Frame frame = exchange();
    assertThat(frame.request().toBytes()).isEqualTo(QUESTION);
    assertThat(frame.response().toBytes()).isEqualTo(REPLY);
    Event event = frame.event();
    assertThat(event.name()).isEqualTo("POST " + CHAT);
    assertThat(event.parentSpanId()).isNull();
    assertThat(event.error()).isNull();
    assertThat(event.level()).isNull();
    assertThat(event.http().method()).isEqualTo("POST");
    assertThat(event.http().url()).isEqualTo(server.uri(CHAT).toString());
    assertThat(event.http().status()).isEqualTo(200);
    assertThat(event.http().client()).isEqualTo(caller().name());
    assertThat(event.http().requestType()).startsWith(JSON);
    assertThat(event.http().responseType()).startsWith(JSON);
    assertThat(event.http().requestEncoding()).isNull();
    assertThat(event.http().responseEncoding()).isNull();
    assertThat(event.requestSize()).isEqualTo(new Event.BodySize(QUESTION.length, false, false));
    assertThat(event.responseSize()).isEqualTo(new Event.BodySize(REPLY.length, false, false));
  }

  @Test
  void theServerAndTheApplication_seeWhatTheyWouldWithoutUs() throws Exception {
    server.answer((request, reply) -> reply.header("X-Id", "7").begin(200, JSON).write(REPLY));
    List<String> with = seen(question());

    List<String> without = untraced(() -> seen(question()));

    assertThat(with).isEqualTo(without);
  }

  /** All but a {@code traceparent}, which is meant to be seen by the server. */
  private List<String> seen(Outgoing request) throws Exception {
    Incoming answer = call(request);
    byte[] body = read(answer);
    Received received = server.received().get(server.received().size() - 1);
    Map<String, String> headers = new TreeMap<>(received.headers());
    headers.remove("traceparent");
    return List.of(
        received.protocol() + received.method() + received.target() + headers,
        Arrays.toString(received.body()),
        answer.request(),
        answer.status() + answer.header("X-Id") + answer.header("Content-Type"),
        Arrays.toString(body));
  }

  @Test
  void anErrorAnswer_isGivenOnAndRecorded() throws Exception {
    byte[] refusal = utf8("{\"error\":{\"type\":\"rate_limit\"}}");
    server.answer((request, reply) -> reply.send(429, JSON, refusal));

    Incoming answer = call(question());

    assertThat(answer.status()).isEqualTo(429);
    assertThat(read(answer)).isEqualTo(refusal);
    Frame frame = exchange();
    assertThat(frame.response().toBytes()).isEqualTo(refusal);
    assertThat(frame.event().http().status()).isEqualTo(429);
    assertThat(frame.event().level()).isEqualTo(Event.Level.ERROR);
  }

  @Test
  void gzip_isCapturedAsTheApplicationReadsIt() throws Exception {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(zipped)) {
      gzip.write(REPLY);
    }
    server.answer(
        (request, reply) ->
            reply.header("Content-Encoding", "gzip").send(200, JSON, zipped.toByteArray()));

    byte[] body = read(question());

    assertCapturedAsRead(body, "gzip", zipped.toByteArray());
  }

  @Test
  void deflate_isCapturedAsTheApplicationReadsIt() throws Exception {
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    try (var deflate = new DeflaterOutputStream(deflated)) {
      deflate.write(REPLY);
    }
    server.answer(
        (request, reply) ->
            reply.header("Content-Encoding", "deflate").send(200, JSON, deflated.toByteArray()));

    assertCapturedAsRead(read(question()), "deflate", deflated.toByteArray());
  }

  private void assertCapturedAsRead(byte[] body, String encoding, byte[] sent) {
    boolean inflated = caller().inflates(encoding);
    assertThat(body).isEqualTo(inflated ? REPLY : sent);
    Frame frame = exchange();
    assertThat(frame.response().toBytes()).isEqualTo(body);
    assertThat(frame.event().http().responseEncoding()).isEqualTo(inflated ? null : encoding);
  }

  @Test
  void aStream_isDeliveredAsItComes_andItsChunksAreNoted() throws Exception {
    CountDownLatch firstRead = new CountDownLatch(1);
    server.answer(
        (request, reply) -> {
          reply.begin(200, "text/event-stream").write(utf8("data: 1\n\n"));
          assertThat(firstRead.await(20, TimeUnit.SECONDS)).as("chunk 1 was read").isTrue();
          reply.write(utf8("data: 2\n\n"));
        });
    long began = System.nanoTime();

    try (InputStream body = call(question()).body()) {
      assertThat(read(body, 9)).isEqualTo(utf8("data: 1\n\n"));
      firstRead.countDown();
      assertThat(body.readAllBytes()).isEqualTo(utf8("data: 2\n\n"));
    }

    Event event = exchange().event();
    long took = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began);
    long[] chunks = event.chunks();
    assertThat(chunks).hasSize(4);
    assertThat(new long[] {chunks[0], chunks[2]}).containsExactly(0, 9);
    assertThat(chunks[1]).isPositive().isLessThanOrEqualTo(chunks[3]);
    assertThat(chunks[3]).isLessThanOrEqualTo(took);
    assertThat(event.durationNanos() / 1000).isGreaterThanOrEqualTo(chunks[3]);
    assertThat(event.responseSize()).isEqualTo(new Event.BodySize(18, false, false));
  }

  @Test
  void aOneShotBody_isSentOnceAndCaptured() throws Exception {
    server.answer((request, reply) -> reply.send(200, JSON, REPLY));

    assertThat(read(question().asOneShot())).isEqualTo(REPLY);

    assertThat(server.received().get(0).body()).isEqualTo(QUESTION);
    assertThat(exchange().request().toBytes()).isEqualTo(QUESTION);
  }

  @Test
  void anAnswerWithoutBody_isRecorded() throws Exception {
    server.answer((request, reply) -> reply.begin(204, JSON));

    assertThat(read(question())).isEmpty();

    Frame frame = exchange();
    assertThat(frame.event().http().status()).isEqualTo(204);
    assertThat(frame.event().responseSize()).isEqualTo(new Event.BodySize(0, false, false));
  }

  @Test
  void anEmptyBody_isRecorded() throws Exception {
    server.answer((request, reply) -> reply.send(200, JSON, new byte[0]));

    assertThat(read(Outgoing.post(server.uri(CHAT), new byte[0]))).isEmpty();

    Frame frame = exchange();
    assertThat(frame.request().length()).isZero();
    assertThat(frame.event().responseSize()).isEqualTo(new Event.BodySize(0, false, false));
  }

  @Test
  void longBodies_passWholeAndAreCapturedUpToTheBound() throws Exception {
    byte[] question = new byte[(3 << 20) + 17];
    byte[] answer = new byte[(5 << 20) + 3];
    Arrays.fill(question, (byte) 'q');
    Arrays.fill(answer, (byte) 'a');
    server.answer((request, reply) -> reply.begin(200, JSON).write(answer));

    assertThat(read(Outgoing.post(server.uri(CHAT), question))).isEqualTo(answer);

    assertThat(server.received().get(0).body()).isEqualTo(question);
    Frame frame = exchange();
    assertThat(frame.request().toBytes()).isEqualTo(Arrays.copyOf(question, 1 << 20));
    assertThat(frame.response().toBytes()).isEqualTo(Arrays.copyOf(answer, 1 << 20));
    assertThat(frame.event().requestSize().size()).isEqualTo(question.length);
    assertThat(frame.event().requestSize().truncated()).isTrue();
    assertThat(frame.event().responseSize().size()).isEqualTo(answer.length);
    assertThat(frame.event().responseSize().truncated()).isTrue();
  }

  @Test
  void http2_isCaptured() throws Exception {
    server.answer((request, reply) -> reply.begin(200, JSON).write(REPLY));

    assertThat(read(question().overHttp2())).isEqualTo(REPLY);

    assertThat(server.received().get(0).protocol())
        .isEqualTo(caller().speaksHttp2() ? "HTTP/2.0" : "HTTP/1.1");
    Frame frame = exchange();
    assertThat(frame.request().toBytes()).isEqualTo(QUESTION);
    assertThat(frame.response().toBytes()).isEqualTo(REPLY);
  }

  @Test
  void aRedirect_isPartOfOneCall_ifTheLibraryFollows() throws Exception {
    server.answer(
        (request, reply) -> {
          if (request.target().startsWith("/old")) {
            reply.header("Location", server.uri("/new" + CHAT).toString());
            reply.send(307, "text/plain", utf8("moved"));
          } else {
            reply.send(200, JSON, REPLY);
          }
        });

    Outgoing redirected = Outgoing.post(server.uri("/old" + CHAT), QUESTION);

    byte[] with = read(redirected);

    assertThat(server.received())
        .allSatisfy(request -> assertThat(request.body()).isEqualTo(QUESTION));
    assertThat(exchange().request().toBytes()).isEqualTo(QUESTION);
    assertThat(exchange().response().toBytes()).isEqualTo(with);
    assertThat(exchange().event().http().url()).isEqualTo(redirected.uri().toString());
    assertThat(with).isEqualTo(untraced(() -> read(redirected)));
    assertThat(agent.events()).hasSize(1);
  }

  @Test
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
                        .thenApplyAsync(answer -> readUnchecked(answer))
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

  private static byte[] readUnchecked(Incoming answer) {
    try {
      return read(answer);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aCallInARequest_isItsChild_andTheContextIsRestored() throws Exception {
    server.answer((request, reply) -> reply.send(200, JSON, REPLY));

    Event parent = inRequest(() -> read(question()));

    assertThat(exchange().event().parentSpanId()).isEqualTo(parent.spanId());
    assertThat(exchange().event().traceId()).isEqualTo(parent.traceId());
  }

  @Test
  void whatFollowsAnAsyncCall_runsInTheCallersContext() throws Exception {
    server.answer((request, reply) -> reply.send(200, JSON, REPLY));
    AtomicReference<Context> there = new AtomicReference<>();
    AtomicReference<Context> here = new AtomicReference<>();

    inRequest(
        () -> {
          here.set(Context.current());
          caller()
              .callAsync(question())
              .thenApply(
                  answer -> {
                    there.set(Context.current());
                    return answer;
                  })
              .thenApplyAsync(answer -> readUnchecked(answer)) // not on a thread of the library
              .get();
        });

    assertThat(there.get()).isSameAs(here.get());
  }

  @Test
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
  void anotherCallInARequest_carriesTheTraceAndIsNotRecorded() throws Exception {
    server.answer((request, reply) -> reply.send(200, JSON, REPLY));

    Event parent =
        inRequest(() -> read(Outgoing.post(server.uri("/orders"), utf8("{\"model\":\"T\"}"))));

    assertThat(server.received().get(0).headers().get("traceparent"))
        .isEqualTo("00-" + parent.traceId() + "-" + parent.spanId() + "-01");
    assertThat(agent.events()).hasSize(1);
  }

  @Test
  void anotherCall_isLeftAlone() throws Exception {
    server.answer((request, reply) -> reply.send(200, JSON, REPLY));

    assertThat(read(Outgoing.post(server.uri("/orders"), QUESTION))).isEqualTo(REPLY);

    assertThat(server.received().get(0).headers()).doesNotContainKey("traceparent");
    assertThat(agent.events()).isEmpty();
  }

  @Test
  void aLookAlike_isNotRecorded() throws Exception {
    server.answer((request, reply) -> reply.send(200, JSON, REPLY));

    read(Outgoing.post(server.uri("/survey/responses"), utf8("{\"answer\":\"no\"}")));
    read(Outgoing.post(server.uri("/v1/responses"), utf8("{\"model\":\"m\",\"input\":\"hi\"}")));

    assertThat(exchange().event().http().url()).endsWith("/v1/responses");
    assertThat(agent.events()).hasSize(1);
  }

  @Test
  void keys_areNotInTheEvent() throws Exception {
    server.answer((request, reply) -> reply.header("X-Secret", "s3").send(200, JSON, REPLY));
    URI uri = server.uri(CHAT + "?key=s1&alt=sse");

    read(
        Outgoing.post(uri, QUESTION)
            .headers(Map.of("Authorization", "Bearer s2", "api-key", "s2", "Content-Type", JSON)));

    ByteArrayOutputStream json = new ByteArrayOutputStream();
    new EventWriter(json).write(exchange().event(), 0);
    assertThat(json.toString(UTF_8))
        .doesNotContain("s1", "s2", "s3")
        .contains("key=***", "alt=sse");
  }

  @Test
  void switchedOff_itDoesNothing() throws Exception {
    server.answer((request, reply) -> reply.send(200, JSON, REPLY));
    Tracer.install(null);

    assertThat(read(question())).isEqualTo(REPLY);

    assertThat(server.received().get(0).headers()).doesNotContainKey("traceparent");
    assertThat(agent.events()).isEmpty();
  }
}
