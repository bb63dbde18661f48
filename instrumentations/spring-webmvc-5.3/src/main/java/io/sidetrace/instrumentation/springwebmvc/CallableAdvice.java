package io.sidetrace.instrumentation.springwebmvc;

import io.sidetrace.agent.api.Attachments;
import io.sidetrace.agent.api.Context;
import org.jspecify.annotations.Nullable;

/**
 * Carries the context of a controller to the thread that calls the Callable it returned: so do
 * WebAsyncTask and StreamingResponseBody. Spring makes one interceptor chain for each and calls it
 * at the hand-over, before and after. So nothing is wrapped and interceptors of the application see
 * the Callable they know.
 */
public final class CallableAdvice {
  private static final Attachments<Object, Carried> CARRIED = new Attachments<>();

  private CallableAdvice() {}

  /** On its way to another thread, and what stood there. */
  static final class Carried {
    private final Context context;
    private @Nullable Context previous;
    private boolean attached;

    Carried(Context context) {
      this.context = context;
    }
  }

  /** On the controller's thread. */
  public static void beforeHandOver(Object chain) {
    Context context = Context.current();
    if (context != null) {
      CARRIED.put(chain, new Carried(context));
    }
  }

  /** On the executor's thread. */
  public static void beforeCall(Object chain) {
    Carried carried = CARRIED.get(chain);
    if (carried != null) {
      carried.previous = Context.attach(carried.context);
      carried.attached = true;
    }
  }

  /** On the executor's thread; Spring calls it in a finally. */
  public static @Nullable Carried enterAfterCall(Object chain) {
    return CARRIED.remove(chain);
  }

  public static void exitAfterCall(
      @Nullable Carried carried, @Nullable Object result, @Nullable Throwable thrown) {
    if (carried != null && carried.attached) {
      Context.restore(carried.previous);
    }
  }
}
