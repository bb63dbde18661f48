package io.sidetrace.instrumentation.springscheduling;

import io.sidetrace.agent.api.Carried;
import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.HeaderLookup;
import io.sidetrace.agent.api.MethodName;
import io.sidetrace.agent.api.Span;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.ScheduledMethodRunnable;

/** What runs at the methods that {@link SpringSchedulingInstrumentation} names. */
public final class SchedulingAdvice {

  private SchedulingAdvice() {}

  public static @Nullable Span enterRun(ScheduledMethodRunnable task) {
    Method method = task.getMethod();
    return Span.beginJob(new MethodName(method.getDeclaringClass(), method), HeaderLookup.NONE);
  }

  public static void exitRun(@Nullable Span job, @Nullable Throwable thrown) {
    if (job != null) {
      job.end(thrown);
    }
  }

  /** Each task gets a thread of its own, new or virtual, so it may be wrapped. */
  public static @Nullable Runnable carryContext(@Nullable Object token, @Nullable Runnable task) {
    return task == null ? null : Context.wrap(task);
  }

  /** On a thread of the pool, before each of its tasks. */
  public static void enterBeforeExecute(Object pool, Thread thread, Runnable task) {
    Context carried = Carried.take(task);
    if (carried != null || Context.current() != null) {
      Context.restore(carried);
    }
  }

  public static void enterAfterExecute(Object pool) {
    if (Context.current() != null) {
      Context.restore(null);
    }
  }
}
