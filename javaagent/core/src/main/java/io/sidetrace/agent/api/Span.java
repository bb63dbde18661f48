package io.sidetrace.agent.api;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Structure inside a trace: a controller method, a tool, a retriever, a chain.
 *
 * <pre>{@code
 * Span span = Span.begin(new MethodName(controller.getClass(), method), "span");
 * ...
 * if (span != null) span.end(thrown);
 * }</pre>
 *
 * <p>{@link #begin} attaches the span to the thread and {@link #end} puts back what was there, so
 * both run on one thread; {@link #beginDetached} is for work that has none of its own. No method
 * throws.
 */
public final class Span {
  final Tracer tracer;
  final Trace trace;
  final @Nullable String parentSpanId;
  final @Nullable Context previous;
  private final boolean attached;
  final Context context;
  final Object name;
  final String type;
  final long startNanos = System.nanoTime();
  private final AtomicBoolean ended = new AtomicBoolean();

  private Span(Tracer tracer, Context parent, Object name, String type, boolean attached) {
    this.tracer = tracer;
    this.trace = parent.trace;
    this.parentSpanId = parent.spanId;
    this.previous = parent;
    this.attached = attached;
    this.context = parent.child(Ids.spanId(), false);
    this.name = name;
    this.type = type;
  }

  /** The root of a job. */
  private Span(Tracer tracer, @Nullable TraceParent caller, Object name) {
    this.tracer = tracer;
    this.trace = Trace.ofJob(caller, tracer);
    this.parentSpanId = caller == null ? null : caller.spanId();
    this.previous = null;
    this.attached = true;
    this.context = new Context(trace, Ids.spanId(), null, false);
    this.name = name;
    this.type = "span";
  }

  /**
   * @param name a text, or what {@code toString} makes one of on the drainer's thread
   * @param type an observation type of Langfuse: {@code span}, {@code chain}, {@code tool}, …
   * @return null outside a trace: a span alone tells nothing of a request
   */
  public static @Nullable Span begin(Object name, String type) {
    try {
      Tracer tracer = Tracer.current();
      Context parent = Context.current();
      return tracer == null || parent == null
          ? null
          : begun(new Span(tracer, parent, name, type, true));
    } catch (Throwable t) {
      Guard.failed(t);
      return null;
    }
  }

  /**
   * As {@link #begin} for asynchronous work: no thread is touched, and it may end on any. Whoever
   * does part of it attaches {@link #context} meanwhile.
   */
  public static @Nullable Span beginDetached(@Nullable Context parent, Object name, String type) {
    try {
      Tracer tracer = Tracer.current();
      return tracer == null || parent == null
          ? null
          : begun(new Span(tracer, parent, name, type, false));
    } catch (Throwable t) {
      Guard.failed(t);
      return null;
    }
  }

  /**
   * Work that no request began: a scheduled method, a message from a queue. Inside a trace it is a
   * span like others, else the root of a trace of its own, which is recorded if and as soon as
   * something inside it is: most such work calls no LLM, and often it runs many times a second.
   *
   * @param name as {@link #begin} has it
   * @param headers of the message, whose {@code traceparent} makes the root a child of the sender
   * @return null if the agent is off
   */
  public static @Nullable Span beginJob(Object name, HeaderLookup headers) {
    try {
      Tracer tracer = Tracer.current();
      if (tracer == null) {
        return null;
      }
      Context parent = Context.current();
      return begun(
          parent == null
              ? new Span(tracer, TraceParent.parse(headers.get(TraceParent.HEADER)), name)
              : new Span(tracer, parent, name, "span", true));
    } catch (Throwable t) {
      Guard.failed(t);
      return null;
    }
  }

  private static Span begun(Span span) {
    span.tracer.began();
    if (span.attached) {
      Context.attach(span.context);
    }
    return span;
  }

  /** For work this span hands to other threads. */
  public Context context() {
    return context;
  }

  /**
   * Restores the context of the thread it is attached to, then records the span. Later calls do
   * nothing.
   */
  public void end(@Nullable Throwable thrown) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    if (attached) {
      Context.restore(previous);
    }
    tracer.ended();
    try {
      Finished finished = new FinishedSpan(this, Failures.of(thrown), System.nanoTime());
      JobRoot root = previous == null ? trace.root : null;
      if (root == null) {
        tracer.offer(finished);
      } else {
        root.ended(finished);
      }
    } catch (Throwable t) {
      Guard.failed(t);
    }
  }
}
