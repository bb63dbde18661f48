package io.sidetrace.instrumentation.rxjava;

import io.sidetrace.agent.api.Context;
import org.jspecify.annotations.Nullable;

/** What runs at the methods that {@link RxJavaInstrumentation} names. */
public final class ScheduleAdvice {

  private ScheduleAdvice() {}

  /** The scheduler wraps the work itself, so nobody sees it again. */
  public static @Nullable Runnable carryContext(@Nullable Object token, @Nullable Runnable work) {
    return work == null ? null : Context.wrap(work);
  }
}
