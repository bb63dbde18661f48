package io.sidetrace.agent.api;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The span that work on a thread belongs to. Immutable; travels with the work: whoever hands work
 * to another thread takes {@link #current} along and {@linkplain #attach attaches} it there.
 *
 * <pre>{@code
 * Context previous = Context.attach(context);
 * try { work } finally { Context.restore(previous); }
 * }</pre>
 */
public final class Context {
  private static final ThreadLocal<Current> CURRENT =
      new ThreadLocal<>() {
        @Override
        protected Current initialValue() {
          return new Current();
        }
      };

  final Trace trace;
  final String spanId;
  private final @Nullable ServerCall serverCall;
  private final boolean insideClientCall;

  /**
   * A thread's own place for its context, looked up once where {@code ThreadLocal} would be asked
   * twice, and by little code.
   */
  private static final class Current {
    private @Nullable Context context;
  }

  Context(Trace trace, String spanId, @Nullable ServerCall serverCall, boolean insideClientCall) {
    this.trace = trace;
    this.spanId = spanId;
    this.serverCall = serverCall;
    this.insideClientCall = insideClientCall;
  }

  /** This thread's context; null outside a trace. */
  public static @Nullable Context current() {
    return CURRENT.get().context;
  }

  /**
   * Makes this the thread's context.
   *
   * @param context null: the work belongs to no trace
   * @return what to {@link #restore} when the work is done
   */
  public static @Nullable Context attach(@Nullable Context context) {
    Current current = CURRENT.get();
    Context previous = current.context;
    current.context = context;
    return previous;
  }

  /** Ends what {@link #attach} began, on the same thread. */
  public static void restore(@Nullable Context previous) {
    CURRENT.get().context = previous;
  }

  /** Does the work in this context, whichever it is, and goes on in the one before. */
  public static void run(@Nullable Context context, Runnable work) {
    Context previous = attach(context);
    try {
      work.run();
    } finally {
      restore(previous);
    }
  }

  /** The work, carrying this thread's context to wherever it runs; itself outside a trace. */
  public static Runnable wrap(Runnable work) {
    Context context = current();
    if (context == null) {
      return work;
    }
    return () -> run(context, work);
  }

  /** As {@link #wrap(Runnable)}. */
  public static <T> Callable<T> wrap(Callable<T> work) {
    Context context = current();
    if (context == null) {
      return work;
    }
    return () -> {
      Context previous = attach(context);
      try {
        return work.call();
      } finally {
        restore(previous);
      }
    };
  }

  /** The served request this work belongs to; null in a job of its own. */
  public @Nullable ServerCall serverCall() {
    return serverCall;
  }

  /**
   * The {@code traceparent} for a call out that is no span of its own; null where propagation is
   * off.
   */
  public @Nullable String traceparent() {
    Tracer tracer = Tracer.current();
    return tracer != null && tracer.settings.propagate()
        ? TraceParent.format(trace.traceId, spanId)
        : null;
  }

  /** True while a client call runs: one below it is the same call, seen again further down. */
  boolean insideClientCall() {
    return insideClientCall;
  }

  /** A place below this one. */
  Context child(String spanId, boolean insideClientCall) {
    if (trace.root != null) {
      trace.root.use();
    }
    return new Context(trace, spanId, serverCall, this.insideClientCall || insideClientCall);
  }

  /** A trace of its own, for work that no request began. */
  static Trace newTrace() {
    return new Trace(Ids.traceId(), null, null, List.of());
  }
}
