package io.sidetrace.agent.api;

import io.sidetrace.event.Event;
import io.sidetrace.event.Event.Level;
import io.sidetrace.event.Pieces;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Structure inside a trace: a controller method, a tool, a retriever, a chain.
 *
 * <pre>{@code
 * Span span = Span.begin("ChatController.complete", "span");
 * ...
 * if (span != null) span.end(thrown);
 * }</pre>
 *
 * <p>{@link #begin} attaches the span to the thread and {@link #end} puts back what was there, so
 * both run on one thread. No method throws.
 */
public final class Span {
  private final Tracer tracer;
  private final Context parent;
  private final Context context;
  private final String name;
  private final String type;
  private final long startNanos = System.nanoTime();
  private final AtomicBoolean ended = new AtomicBoolean();

  private Span(Tracer tracer, Context parent, String name, String type) {
    this.tracer = tracer;
    this.parent = parent;
    this.context = parent.child(Ids.spanId(), false);
    this.name = name;
    this.type = type;
  }

  /**
   * @param type an observation type of Langfuse: {@code span}, {@code chain}, {@code tool}, …
   * @return null outside a trace: a span alone tells nothing of a request
   */
  public static @Nullable Span begin(String name, String type) {
    try {
      Tracer tracer = Tracer.current();
      Context parent = Context.current();
      if (tracer == null || parent == null) {
        return null;
      }
      Span span = new Span(tracer, parent, name, type);
      tracer.began();
      Context.attach(span.context);
      return span;
    } catch (Throwable t) {
      Guard.failed(t);
      return null;
    }
  }

  /** For work this span hands to other threads. */
  public Context context() {
    return context;
  }

  /** Restores the thread's context, then records the span. Later calls do nothing. */
  public void end(@Nullable Throwable thrown) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    Context.restore(parent);
    tracer.ended();
    try {
      tracer.offer(
          tracer
              .event(Event.Kind.SPAN, parent.trace, context.spanId, parent.spanId)
              .name(name)
              .type(type)
              .times(parent.trace.microsAt(startNanos), System.nanoTime() - startNanos)
              .level(thrown == null ? null : Level.ERROR)
              .error(Failures.of(thrown))
              .build(),
          Pieces.NONE,
          Pieces.NONE);
    } catch (Throwable t) {
      Guard.failed(t);
    }
  }
}
