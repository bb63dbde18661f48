package io.sidetrace.instrumentation.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.event.Event;
import io.sidetrace.event.Frame;
import io.sidetrace.event.FrameEncoder;
import io.sidetrace.event.FrameReader;
import io.sidetrace.instrumentation.testing.Caller.Incoming;
import io.sidetrace.instrumentation.testing.Caller.Outgoing;
import io.sidetrace.instrumentation.testing.FakeLlm.Received;
import io.sidetrace.instrumentation.testing.coverage.Behaviour;
import io.sidetrace.instrumentation.testing.coverage.Covers;
import io.sidetrace.instrumentation.testing.coverage.Limit;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/**
 * What every client instrumentation captures, and what it must leave as it is. What a library does
 * not do its {@link Caller} declares, with a reason.
 */
@NullUnmarked
public abstract class ClientCallContract extends ClientBodyContract {

  @Test
  @Covers(Behaviour.WHOLE)
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
  @Covers(Behaviour.GUEST)
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
  @Covers(Behaviour.REFUSED)
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
  @Covers(Behaviour.HTTP_2)
  void http2_isCaptured() throws Exception {
    server.answer((request, reply) -> reply.begin(200, JSON).write(REPLY));

    assertThat(read(question().overHttp2())).isEqualTo(REPLY);

    assertThat(server.received().get(0).protocol())
        .isEqualTo(is(Limit.NO_HTTP_2) ? "HTTP/1.1" : "HTTP/2.0");
    Frame frame = exchange();
    assertThat(frame.request().toBytes()).isEqualTo(QUESTION);
    assertThat(frame.response().toBytes()).isEqualTo(REPLY);
  }

  @Test
  @Covers(Behaviour.REDIRECT)
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
  @Covers(Behaviour.KEYS)
  void keys_areNotInTheEvent() throws Exception {
    server.answer((request, reply) -> reply.header("X-Secret", "s3").send(200, JSON, REPLY));
    URI uri = server.uri(CHAT + "?key=s1&alt=sse");

    read(
        Outgoing.post(uri, QUESTION)
            .headers(Map.of("Authorization", "Bearer s2", "api-key", "s2", "Content-Type", JSON)));

    FrameEncoder encoder = new FrameEncoder();
    encoder.append(exchange(), 0);
    FrameReader.Whole written = (FrameReader.Whole) new FrameReader(encoder.bytes()).next();
    assertThat(written.event().toUtf8())
        .doesNotContain("s1", "s2", "s3")
        .contains(is(Limit.REORDERS_QUERIES) ? "?alt=sse&key=***" : "?key=***&alt=sse");
  }
}
