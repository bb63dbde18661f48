package io.sidetrace.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.event.Event;
import io.sidetrace.event.Frame;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a request is over, and what exceptions say of it. */
class ServerCallTest {
  private final List<Frame> events = new ArrayList<>();
  private ServerCall call;

  @BeforeEach
  void begin() {
    var settings = CaptureSettings.defaults(new Event.Origin("test", "test-1", null, null));
    Tracer.install(new Tracer(settings, event -> events.add(event.frame())));
    call = ServerCall.begin("GET", "/", HeaderLookup.NONE);
  }

  @AfterEach
  void uninstall() {
    Tracer.install(null);
  }

  @Test
  void over_waitsForTheThreadThatIsInside() {
    call.enter();
    call.over(200, null);
    assertThat(events).isEmpty();

    call.error(new IllegalStateException("on its way out"));
    call.leave();

    assertThat(events.get(0).event().http().status()).isEqualTo(200);
    assertThat(events.get(0).event().error().message()).isEqualTo("on its way out");
  }

  @ParameterizedTest
  @CsvSource({
    "http://host:8080/a?q=http://b/c, /a?q=http://b/c",
    "HTTPS://host, /",
    "http://host?q=1, /?q=1",
    "/a?q=http://b, /a?q=http://b",
    "/a://b, /a://b",
    "*, *",
    "host:443, host:443",
    "a?b://c, a?b://c"
  })
  void begin_takesWhatAProxysClientSendsForItsPath(String target, String recorded) {
    ServerCall.begin("GET", target, HeaderLookup.NONE).end(200, null);

    assertThat(events.get(0).event().http().url()).isEqualTo(recorded);
  }

  @Test
  void begin_ignoresPathsInEitherForm() {
    assertThat(ServerCall.begin("GET", "http://host/health", HeaderLookup.NONE)).isNull();
  }

  @Test
  void over_endsACallThatNobodyIsInside() {
    call.enter();
    call.leave();
    assertThat(events).isEmpty();

    call.over(204, null);
    call.over(500, null);

    assertThat(events).hasSize(1);
    assertThat(events.get(0).event().http().status()).isEqualTo(204);
  }

  @Test
  void enter_saysWhetherTheThreadWorksForItAlready() {
    assertThat(call.enter()).isTrue();
    assertThat(call.enter()).isFalse();

    Span span = Span.begin("inside", "span");
    assertThat(call.enter()).isFalse();
    span.end(null);

    call.leave();
    assertThat(Context.current()).isNull();
    call.end(200, null);
  }

  @Test
  void ofApplication_looksBehindServletExceptionsOnly() {
    var boom = new IllegalStateException("boom", new IOException());

    assertThat(ServerFailures.ofApplication(boom)).isSameAs(boom);
    assertThat(ServerFailures.ofApplication("text")).isNull();
    assertThat(ServerFailures.ofApplication(null)).isNull();
    call.end(200, null);
  }

  @Test
  void ofClient_isWhatTheSocketSaid() {
    assertThat(ServerFailures.ofClient(new IOException(new ClosedChannelException()))).isTrue();
    assertThat(ServerFailures.ofClient(new IOException("of the application"))).isFalse();
    assertThat(ServerFailures.ofClient(null)).isFalse();
    call.end(200, null);
  }
}
