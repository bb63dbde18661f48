package io.sidetrace.instrumentation.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sidetrace.agent.api.Tracer;
import io.sidetrace.event.Event;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.coverage.Behaviour;
import io.sidetrace.instrumentation.testing.coverage.Covers;
import io.sidetrace.instrumentation.testing.coverage.Limit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * That we are a good guest in a server: the client gets byte for byte and as soon what it would get
 * without us, and requests keep apart.
 */
@SuppressWarnings("NullAway") // a null fails the test, as it should
abstract class ServerGuestContract extends ServerLoadContract {

  /** Whether the server reads every body by itself and hands it to the application. */
  protected boolean pushesBodies() {
    return false;
  }

  @Override
  public Map<Limit, String> limits() {
    return pushesBodies()
        ? Map.of(Limit.PUSHES_BODIES, "the server reads every body by itself.")
        : Map.of();
  }

  /** What {@link #theClientGets_whatItGetsWithoutUs} sends. */
  List<String> lines() {
    return List.of(
        "GET /json",
        "HEAD /json",
        "GET /json?q=1&x=%20y",
        "GET /js%6fn",
        "GET /nowhere/../json",
        "GET /a%2f..%2fjson;v=1//x",
        "GET /teapot",
        "GET /chunked",
        "GET /large",
        "GET /binary",
        "GET /untyped",
        "GET /none",
        "GET /fail",
        "GET /fail-late",
        "GET /nowhere",
        "GET /%zz",
        "POST /echo",
        "POST /unread",
        "GET /health/context");
  }

  @ParameterizedTest
  @MethodSource("lines")
  @Covers(Behaviour.BYTES)
  void theClientGets_whatItGetsWithoutUs(String line) throws Exception {
    byte[] body = line.startsWith("POST") ? "some words".getBytes(UTF_8) : new byte[0];
    byte[] request = request(line, body, "Content-Type: text/plain");

    String with = exchange(request);
    Tracer.install(null);
    String without = exchange(request);

    assertThat(withoutDate(with)).isEqualTo(withoutDate(without));
  }

  @Test
  @Covers(Behaviour.STREAMED)
  void aStream_reachesTheClientAsItIsWritten() throws Exception {
    try (Wire wire = connect()) {
      wire.send(request("GET /stream", new byte[0]));
      for (int i = 0; i < 3; i++) {
        application.gate.release();
        wire.readUntil("data: " + i + "\n\n");
      }
      wire.readToEnd();
    }

    Frame frame = agent.awaitEvent();
    assertThat(frame.response().toUtf8()).isEqualTo("data: 0\n\ndata: 1\n\ndata: 2\n\n");
    assertThat(frame.event().http().responseType()).startsWith("text/event-stream");
  }

  @Test
  @Covers(Behaviour.UNREAD)
  void whatTheApplicationDidNotRead_isNotRead() throws Exception {
    exchange("POST /unread", "unread", "Content-Type: text/plain");

    String read = pushesBodies() ? "unread" : "";
    assertThat(agent.awaitEvent().request().toUtf8()).isEqualTo(read);
    assertThat(agent.awaitEvent().response().toUtf8()).isEqualTo("not read");
  }

  @Test
  @Covers(Behaviour.LATER)
  void anAnswerFromAnotherThread_isAwaited() throws Exception {
    try (Wire wire = connect()) {
      wire.send(request("GET /later", new byte[0]));
      exchange("GET /json", "");
      agent.awaitEvent();
      application.gate.release();
      assertThat(wire.readToEnd()).endsWith("at last");
    }

    Frame frame = agent.awaitEvents(2).get(1);
    assertThat(frame.event().name()).isEqualTo("GET /later");
    assertThat(frame.event().http().status()).isEqualTo(200);
    assertThat(frame.response().toUtf8()).isEqualTo("at last");
  }

  @Test
  @Covers(Behaviour.IN_CONTEXT)
  void handlers_runInsideTheContext() throws Exception {
    String answer = exchange("GET /context", "");

    Event event = agent.awaitEvent().event();
    assertThat(answer).endsWith("00-" + event.traceId() + "-" + event.spanId() + "-01");
  }

  @Test
  @Covers(Behaviour.IGNORED)
  void ignoredPaths_leaveNoEventAndInheritNoContext() throws Exception {
    for (int i = 0; i < 20; i++) {
      exchange("GET /context", "");
      assertThat(exchange("GET /health/context", "")).endsWith("none");
    }

    assertThat(agent.awaitEvents(20)).hasSize(20);
  }

  @Test
  @Covers(Behaviour.SERVER_OFF)
  void switchedOff_nothingIsRecorded() throws Exception {
    Tracer.install(null);

    assertThat(exchange("GET /context", "")).endsWith("none");

    assertThat(agent.events()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Covers(Behaviour.CONNECTION)
  void requestsOnOneConnection_keepApart(boolean pipelined) throws Exception {
    byte[] first = request("POST /echo", "first".getBytes(UTF_8), "X-User-Id: 1", "Keep: 1");
    byte[] second = request("POST /echo", "2nd".getBytes(UTF_8), "Keep: 1");
    try (Wire wire = connect()) {
      wire.send(pipelined ? concat(first, second) : first);
      wire.readUntil("\r\n\r\nfirst");
      if (!pipelined) {
        wire.send(second);
      }
      wire.readUntil("\r\n\r\n2nd");
    }

    var events = agent.awaitEvents(2); // in the order in which handlers returned
    assertThat(events)
        .extracting(
            frame -> frame.request().toUtf8(),
            frame -> frame.response().toUtf8(),
            frame -> frame.event().userId())
        .containsExactlyInAnyOrder(tuple("first", "first", "1"), tuple("2nd", "2nd", null));
    assertThat(events.get(0).event().traceId()).isNotEqualTo(events.get(1).event().traceId());
  }

  @Test
  @Covers(Behaviour.REQUESTS)
  void parallelRequests_keepApart() throws Exception {
    int count = 200;
    var threads = Executors.newFixedThreadPool(8);
    try {
      var answers =
          IntStream.range(0, count)
              .mapToObj(
                  i -> threads.submit(() -> exchange("POST /echo", "body " + i, "X-User-Id: " + i)))
              .toList();
      for (Future<String> answer : answers) {
        answer.get();
      }
    } finally {
      threads.shutdown();
    }

    Set<String> traces = new HashSet<>();
    for (Frame frame : agent.awaitEvents(count)) {
      assertThat(frame.request().toUtf8()).isEqualTo("body " + frame.event().userId());
      assertThat(frame.response().toUtf8()).isEqualTo("body " + frame.event().userId());
      traces.add(frame.event().traceId());
    }
    assertThat(traces).hasSize(count);
  }

  private static String withoutDate(String answer) {
    return answer.replaceFirst("(?i)\r\nDate: [^\r]*", "");
  }
}
