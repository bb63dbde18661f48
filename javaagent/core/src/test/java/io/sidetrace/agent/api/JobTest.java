package io.sidetrace.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.event.Event;
import io.sidetrace.event.Frame;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Work that no request began. */
class JobTest {
  private final List<Frame> events = new ArrayList<>();

  @BeforeEach
  void install() {
    var settings = CaptureSettings.defaults(new Event.Origin("test", "test-1", null, null));
    Tracer.install(new Tracer(settings, event -> events.add(event.frame())));
  }

  @AfterEach
  void uninstall() {
    Tracer.install(null);
    assertThat(Context.current()).isNull();
  }

  @Test
  void aJobThatCallsAnLlm_isTheRootOfItsTrace() {
    Span job = Span.beginJob("Digest.write", HeaderLookup.NONE);
    call();
    job.end(null);

    Event call = events.get(0).event();
    Event root = events.get(1).event();
    assertThat(root.name()).isEqualTo("Digest.write");
    assertThat(root.parentSpanId()).isNull();
    assertThat(root.remoteParent()).isFalse();
    assertThat(call.parentSpanId()).isEqualTo(root.spanId());
    assertThat(call.traceId()).isEqualTo(root.traceId());
  }

  @Test
  void aJobThatCallsNone_isNotRecorded() {
    Span.beginJob("Poll.again", HeaderLookup.NONE).end(new IllegalStateException());

    assertThat(events).isEmpty();
  }

  @Test
  void aJobWhoseCallComesLater_isRecordedThen() {
    Span job = Span.beginJob("Digest.submit", HeaderLookup.NONE);
    Context carried = job.context();
    job.end(null);

    Context.attach(carried);
    call();
    Context.restore(null);

    assertThat(events)
        .extracting(frame -> frame.event().name())
        .containsExactly("Digest.submit", "POST /v1/chat/completions");
  }

  @Test
  void traceparentOfAMessage_makesTheRootAChildOfItsSender() {
    String sender = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    Span job = Span.beginJob("orders process", name -> sender);
    call();
    job.end(null);

    Event root = events.get(1).event();
    assertThat(root.traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(root.parentSpanId()).isEqualTo("b7ad6b7169203331");
    assertThat(root.remoteParent()).isTrue();
  }

  @Test
  void aJobInsideARequest_isASpanOfIt() {
    ServerCall request = ServerCall.begin("GET", "/run", HeaderLookup.NONE);
    request.enter();
    Span.beginJob("Digest.write", HeaderLookup.NONE).end(null);
    request.leave();
    request.end(200, null);

    assertThat(events.get(0).event().parentSpanId()).isEqualTo(events.get(1).event().spanId());
  }

  @Test
  void aCallThatNothingBegan_isARootItself() {
    call();

    assertThat(events.get(0).event().parentSpanId()).isNull();
  }

  private static void call() {
    ClientCall.begin("test", "POST", "https://api.openai.com/v1/chat/completions").end();
  }
}
