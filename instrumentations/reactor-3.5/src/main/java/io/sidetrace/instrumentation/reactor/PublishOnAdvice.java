package io.sidetrace.instrumentation.reactor;

import io.sidetrace.agent.api.Attachments;
import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.Previous;
import org.jspecify.annotations.Nullable;

/** What runs at the methods that {@link ReactorInstrumentation} names. */
public final class PublishOnAdvice {
  private static final Attachments<Object, Context> BOUND = new Attachments<>();

  private PublishOnAdvice() {}

  /** Mostly on the thread that subscribed. */
  public static void enterSubscribe(Object operator) {
    Context context = Context.current();
    if (context != null) {
      BOUND.put(operator, context);
    }
  }

  public static @Nullable Previous enterRun(Object operator) {
    if (BOUND.isEmpty()) {
      return null;
    }
    Context bound = BOUND.get(operator);
    return bound == null ? null : Previous.attach(bound);
  }

  public static void exitRun(@Nullable Previous previous, @Nullable Throwable thrown) {
    Previous.restore(previous);
  }
}
