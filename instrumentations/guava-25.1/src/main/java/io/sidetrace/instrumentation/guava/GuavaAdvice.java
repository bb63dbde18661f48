package io.sidetrace.instrumentation.guava;

import io.sidetrace.agent.api.Carried;
import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.Previous;
import org.jspecify.annotations.Nullable;

/** What runs at the methods that {@link GuavaInstrumentation} names. */
public final class GuavaAdvice {
  private static final String SET_FUTURE = "com.google.common.util.concurrent.AbstractFuture$";

  private GuavaAdvice() {}

  /** A listening executor makes a task of what was submitted, for that one time. */
  public static void exitCreate(
      @Nullable Object token, @Nullable Object task, @Nullable Throwable thrown) {
    if (task != null) {
      Carried.by(task);
    }
  }

  /** All futures that a combination waits for have completed; its task goes to the executor. */
  public static void enterExecute(Object task) {
    Carried.by(task);
  }

  /** Null where the pool has done it already. */
  public static @Nullable Previous enterRun(Object task) {
    Context carried = Carried.take(task);
    return carried == null ? null : Previous.attach(carried);
  }

  public static void exitRun(@Nullable Previous previous, @Nullable Throwable thrown) {
    Previous.restore(previous);
  }

  /**
   * Callbacks and the stages of a chain run on the thread that completes the future, or on another,
   * for who asked for them. What a future adds to itself it finds again by its class.
   */
  public static @Nullable Runnable carryContext(@Nullable Object token, @Nullable Runnable work) {
    return work == null || work.getClass().getName().startsWith(SET_FUTURE)
        ? work
        : Context.wrap(work);
  }
}
