package io.sidetrace.agent.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sidetrace.event.Event;
import io.sidetrace.event.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContextTest {
  private final Context outer = new Context(Context.newTrace(), Ids.spanId(), null, false);
  private final Context inner = outer.child(Ids.spanId(), false);
  private final List<Frame> frames = new ArrayList<>();

  @BeforeEach
  void installTracer() {
    Tracer.install(
        new Tracer(
            CaptureSettings.defaults(new Event.Origin("test", "1", null, null)),
            event -> frames.add(event.frame())));
  }

  @AfterEach
  void leaveNothing() {
    assertThat(Context.current()).isNull();
    Tracer.install(null);
  }

  @Test
  void restore_putsBackWhatAttachFound() {
    Context none = Context.attach(outer);
    Context previous = Context.attach(inner);

    assertThat(none).isNull();
    assertThat(previous).isSameAs(outer);
    assertThat(Context.current()).isSameAs(inner);
    Context.restore(previous);
    assertThat(Context.current()).isSameAs(outer);
    Context.restore(none);
    assertThat(Context.current()).isNull();
  }

  @Test
  void attachingNull_leavesTheTrace() {
    Context none = Context.attach(outer);

    Context previous = Context.attach(null);

    assertThat(Context.current()).isNull();
    Context.restore(previous);
    assertThat(Context.current()).isSameAs(outer);
    Context.restore(none);
  }

  @Test
  void wrappedWork_carriesTheContextAndRestoresTheThreads() throws Exception {
    Context none = Context.attach(outer);
    List<Context> seen = new ArrayList<>();
    Runnable work = Context.wrap((Runnable) () -> seen.add(Context.current()));
    Callable<Context> call = Context.wrap(Context::current);
    Context.restore(none);

    CompletableFuture.runAsync(
            () -> {
              work.run();
              seen.add(Context.current());
            })
        .join();

    assertThat(seen).containsExactly(outer, null);
    assertThat(call.call()).isSameAs(outer);
  }

  @Test
  void wrappedWorkThatFails_restoresToo() {
    Context none = Context.attach(outer);
    Runnable work =
        Context.wrap(
            (Runnable)
                () -> {
                  throw new IllegalStateException("theirs");
                });
    Context.restore(none);

    assertThatThrownBy(work::run).hasMessage("theirs");
  }

  @Test
  void outsideATrace_workIsNotWrapped() {
    Runnable work = () -> {};

    assertThat(Context.wrap(work)).isSameAs(work);
  }

  @Test
  void traceparent_namesThisSpan() {
    assertThat(outer.traceparent())
        .isEqualTo("00-" + outer.trace.traceId + "-" + outer.spanId + "-01");

    Tracer.install(null);
    assertThat(outer.traceparent()).isNull();
  }
}
