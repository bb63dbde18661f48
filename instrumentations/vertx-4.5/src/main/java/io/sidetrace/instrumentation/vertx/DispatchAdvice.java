package io.sidetrace.instrumentation.vertx;

import io.sidetrace.agent.api.Attachments;
import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.Previous;
import org.jspecify.annotations.Nullable;

/**
 * Vert.x makes a context of its own for each request, a duplicate, and enters it for every callback
 * of that request on any thread. So the first time such a one is entered inside a request it is
 * bound to it, weakly, and from then on brings our context along.
 */
public final class DispatchAdvice {
  private static final String DUPLICATE = "io.vertx.core.impl.DuplicatedContext";
  private static final Attachments<Object, Context> BOUND = new Attachments<>();

  private DispatchAdvice() {}

  public static void enterBegin(Object vertx, Object dispatched) {
    Context bound = BOUND.get(dispatched);
    Context here = Context.current();
    if (bound != null) {
      Context.attach(bound);
    } else if (here != null && dispatched.getClass().getName().equals(DUPLICATE)) {
      BOUND.put(dispatched, here);
    }
  }

  public static @Nullable Object enterEnd(Object vertx, @Nullable Object previous) {
    return previous;
  }

  /**
   * @param previous what Vert.x goes back to, and we with it
   */
  public static void exitEnd(@Nullable Object previous, @Nullable Throwable thrown) {
    Context before = previous == null ? null : BOUND.get(previous);
    if (Context.current() != before) {
      Context.restore(before);
    }
  }

  /** The pool gets a loop that runs the tasks of many requests, not this one's. */
  public static Previous enterExecute(Object queue) {
    return Previous.attach(null);
  }

  public static void exitExecute(@Nullable Previous previous, @Nullable Throwable thrown) {
    Previous.restore(previous);
  }
}
