package io.sidetrace.instrumentation.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.agent.api.CaptureSettings;
import io.sidetrace.event.Event;
import io.sidetrace.event.Event.BodySize;
import io.sidetrace.event.Event.Level;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.coverage.Behaviour;
import io.sidetrace.instrumentation.testing.coverage.Covers;
import io.sidetrace.instrumentation.testing.coverage.Limit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every instrumentation of an HTTP server keeps: it records each exchange once and whole, and
 * the client gets byte for byte what it would get without.
 *
 * <p>A test class extends it, starts the library's server for the {@link ContractApplication}, and
 * adds what only that library has. {@link AgentExtension} looks after each test for failures that
 * were swallowed and for what was left open.
 */
@SuppressWarnings("NullAway") // a null fails the test, as it should
public abstract class ServerCallContract extends ServerGuestContract {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String CALLER = "b7ad6b7169203331";

  /** What the root says if a handler throws before it answered; 0: the server only hangs up. */
  protected int statusOfFailure() {
    return 500;
  }

  @Override
  public Map<Limit, String> limits() {
    Map<Limit, String> limits = new EnumMap<>(Limit.class);
    limits.putAll(super.limits());
    if (statusOfFailure() == 0) {
      limits.put(Limit.HANGS_UP, "the server hangs up if a handler throws: no status.");
    }
    return limits;
  }

  @Test
  @Covers(Behaviour.SERVED)
  void aJsonExchange_isRecordedWhole() throws Exception {
    exchange("POST /echo?b=2&api_key=s3cret", "{\"a\":1}", "Content-Type: application/json");

    Frame frame = agent.awaitEvent();
    Event event = frame.event();
    assertThat(event.kind()).isEqualTo(Event.Kind.REQUEST);
    assertThat(event.name()).isEqualTo("POST /echo");
    assertThat(event.parentSpanId()).isNull();
    assertThat(event.level()).isNull();
    assertThat(event.error()).isNull();
    assertThat(event.http().method()).isEqualTo("POST");
    assertThat(event.http().url()).isEqualTo("/echo?b=2&api_key=***");
    assertThat(event.http().status()).isEqualTo(200);
    assertThat(event.http().requestType()).isEqualTo("application/json");
    assertThat(event.http().responseType()).startsWith("application/json");
    assertThat(frame.request().toUtf8()).isEqualTo("{\"a\":1}");
    assertThat(frame.response().toUtf8()).isEqualTo("{\"a\":1}");
    assertThat(event.requestSize()).isEqualTo(new BodySize(7, false, false));
    assertThat(event.responseSize()).isEqualTo(new BodySize(7, false, false));
    assertThat(event.durationNanos()).isPositive();
  }

  @Test
  @Covers(Behaviour.SERVED)
  void aStatusOfTheApplication_isRecorded() throws Exception {
    exchange("GET /teapot", "");

    assertThat(agent.awaitEvent().event().http().status()).isEqualTo(418);
    assertThat(agent.awaitEvent().event().level()).isNull();
  }

  @Test
  @Covers(Behaviour.BODIES)
  void binaryBodies_areCountedAndNotKept() throws Exception {
    exchange("POST /echo", "abc", "Content-Type: image/png");

    Frame frame = agent.awaitEvent();
    assertThat(frame.request().length()).isZero();
    assertThat(frame.response().length()).isZero();
    assertThat(frame.event().requestSize()).isEqualTo(new BodySize(3, true, false));
    assertThat(frame.event().responseSize()).isEqualTo(new BodySize(3, true, false));
  }

  @Test
  @Covers(Behaviour.BODIES)
  void aBodyWithoutType_isKeptIfItReadsAsText() throws Exception {
    exchange("GET /untyped", "");
    assertThat(agent.awaitEvent().response().toUtf8()).isEqualTo("no type");

    exchange("GET /untyped-binary", "");
    assertThat(agent.awaitEvents(2).get(1).response().length()).isZero();
    assertThat(agent.awaitEvents(2).get(1).event().responseSize())
        .isEqualTo(new BodySize(4, true, false));
  }

  @Test
  @Covers(Behaviour.BODIES)
  void aLargeBody_isCutAtItsBoundAndCountedWhole() throws Exception {
    String large = "y".repeat(ContractApplication.LARGE);

    exchange("POST /echo", large, "Content-Type: text/plain");

    Frame frame = agent.awaitEvent();
    var size = new BodySize(ContractApplication.LARGE, true, false);
    assertThat(frame.request().length()).isEqualTo(CaptureSettings.SERVER_BODY_BYTES);
    assertThat(frame.response().length()).isEqualTo(CaptureSettings.SERVER_BODY_BYTES);
    assertThat(frame.event().requestSize()).isEqualTo(size);
    assertThat(frame.event().responseSize()).isEqualTo(size);
  }

  @Test
  @Covers(Behaviour.BODIES)
  void aBodyOfExactlyTheBound_isNotCut() throws Exception {
    int bound = CaptureSettings.SERVER_BODY_BYTES;

    exchange("POST /echo", "y".repeat(bound), "Content-Type: text/plain");

    assertThat(agent.awaitEvent().event().requestSize())
        .isEqualTo(new BodySize(bound, false, false));
    assertThat(agent.awaitEvent().response().length()).isEqualTo(bound);
  }

  @Test
  @Covers(Behaviour.BODIES)
  void gzipBodies_areKeptAsTheyAre() throws Exception {
    byte[] zipped = gzip("{\"zipped\":true}");

    exchange("POST /gzip", zipped, "Content-Type: application/json", "Content-Encoding: gzip");

    Frame frame = agent.awaitEvent();
    assertThat(frame.request().toBytes()).isEqualTo(zipped);
    assertThat(frame.response().toBytes()).isEqualTo(zipped);
    assertThat(frame.event().http().requestEncoding()).isEqualTo("gzip");
    assertThat(frame.event().http().responseEncoding()).isEqualTo("gzip");
  }

  @Test
  @Covers(Behaviour.BODIES)
  void chunkedBodies_areKeptWithoutTheirFrames() throws Exception {
    String head = "POST /echo HTTP/1.1\r\nHost: test\r\nConnection: close\r\n";
    String chunks = "3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n";
    String rest = "Content-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks;

    exchange((head + rest).getBytes(UTF_8));
    assertThat(agent.awaitEvent().request().toUtf8()).isEqualTo("abcdefg");

    exchange("GET /chunked", "");
    assertThat(agent.awaitEvents(2).get(1).response().toUtf8()).isEqualTo("1234567");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /none", "HEAD /json"})
  @Covers(Behaviour.BODIES)
  void anAnswerWithoutBody_hasNone(String line) throws Exception {
    exchange(line, "");

    assertThat(agent.awaitEvent().response().length()).isZero();
    assertThat(agent.awaitEvent().event().http().status()).isBetween(200, 204);
  }

  @Test
  @Covers(Behaviour.FAILED)
  void anException_isTheRootsError() throws Exception {
    exchange("GET /fail", "");

    Event event = agent.awaitEvent().event();
    assertThat(event.level()).isEqualTo(Level.ERROR);
    assertThat(event.error().type()).isEqualTo("java.lang.IllegalStateException");
    assertThat(event.error().message()).isEqualTo("boom");
    assertThat(event.error().stack()).contains("ContractApplication");
    assertThat(event.http().status()).isEqualTo(statusOfFailure());
  }

  @Test
  @Covers(Behaviour.FAILED)
  void anExceptionInTheMidstOfTheAnswer_keepsWhatWasSent() throws Exception {
    exchange("GET /fail-late", "");

    Frame frame = agent.awaitEvent();
    assertThat(frame.event().error().message()).isEqualTo("boom, late");
    assertThat(frame.response().toUtf8()).startsWith("so far");
  }

  @Test
  @Covers(Behaviour.LEFT)
  void aClientThatLeaves_isAWarning() throws Exception {
    try (Wire wire = connect()) {
      wire.send(request("GET /endless", new byte[0]));
      wire.readUntil("again and again");
      wire.abort();
    }

    Event event = agent.awaitEvent().event();
    assertThat(event.level()).isEqualTo(Level.WARNING);
    assertThat(event.responseSize().closedEarly()).isTrue();
  }

  @Test
  @Covers(Behaviour.HEADERS)
  void headersThatNameUserSessionAndRequest_areRecorded() throws Exception {
    exchange(
        "GET /json",
        "",
        "x-user-id: ada",
        "X-SESSION-ID: " + "s".repeat(300),
        "X-Request-Id: r-1",
        "Authorization: Bearer secret");

    Event event = agent.awaitEvent().event();
    assertThat(event.userId()).isEqualTo("ada");
    assertThat(event.sessionId()).isEqualTo("s".repeat(200));
    assertThat(event.metadata()).containsEntry("requestId", "r-1");
    assertThat(event.toString()).doesNotContain("secret");
  }

  @Test
  @Covers(Behaviour.IN_CONTEXT)
  void traceparent_makesTheRootAChildOfTheCaller() throws Exception {
    exchange("GET /json", "", "traceparent: 00-" + TRACE + "-" + CALLER + "-01");

    Event event = agent.awaitEvent().event();
    assertThat(event.traceId()).isEqualTo(TRACE);
    assertThat(event.parentSpanId()).isEqualTo(CALLER);
    assertThat(event.remoteParent()).isTrue();
  }

  private static byte[] gzip(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(bytes)) {
      zip.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }
}
