package io.sidetrace.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.event.Event;
import io.sidetrace.event.Frame;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Spans inside a trace, on one thread and on many. */
class SpanTest {
  private final List<Frame> events = new CopyOnWriteArrayList<>();
  private ServerCall request;

  @BeforeEach
  void install() {
    var settings = CaptureSettings.defaults(new Event.Origin("test", "test-1", null, null));
    Tracer.install(new Tracer(settings, event -> events.add(event.frame())));
    request = ServerCall.begin("POST", "/ask", HeaderLookup.NONE);
  }

  @AfterEach
  void uninstall() {
    Context.restore(null);
    request.end(200, null);
    Tracer.install(null);
  }

  @Test
  void aSpan_isAttachedUntilItsEnd() {
    Context.attach(request.context());

    Span span = Span.begin("weather", "tool");

    assertThat(Context.current()).isSameAs(span.context());
    span.end(null);
    assertThat(Context.current()).isSameAs(request.context());
  }

  @Test
  void aDetachedSpan_touchesNoThread() throws Exception {
    Span span = Span.beginDetached(request.context(), "weather", "tool");
    assertThat(Context.current()).isNull();
    Context.attach(request.context());

    span.end(new IllegalStateException("broken"));

    assertThat(Context.current()).isSameAs(request.context());
    Event event = events.get(0).event();
    assertThat(event.name()).isEqualTo("weather");
    assertThat(event.type()).isEqualTo("tool");
    assertThat(event.error().message()).isEqualTo("broken");
    assertThat(event.parentSpanId()).isEqualTo(request.context().spanId);
    assertThat(event.remoteParent()).isFalse();
  }

  @Test
  void outsideATrace_thereIsNone() {
    assertThat(Span.begin("weather", "tool")).isNull();
    assertThat(Span.beginDetached(null, "weather", "tool")).isNull();
  }
}
