package io.sidetrace.agent.api;

import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call out on its way through its library, on whatever threads that goes on: what is captured of
 * it, and for whom it is made.
 *
 * @param call null: no LLM is called, only a {@code traceparent} and the context travel
 * @param caller the context that the call was asked for in, and that the application's callbacks
 *     run in; null outside a trace
 */
public record Outgoing(@Nullable ClientCall call, @Nullable Context caller) {
  /** The header that {@link #traceparent} is sent in, unless the application set it. */
  public static final String TRACEPARENT = TraceParent.HEADER;

  /**
   * Begins with this thread's context as caller.
   *
   * @param client the library, such as {@code okhttp}
   * @param url absolute, with query; asked for only if the method may be that of an LLM call. Null:
   *     there is none
   * @return null if there is nothing to do
   */
  public static @Nullable Outgoing begin(
      String client, String method, Supplier<? extends @Nullable String> url) {
    try {
      Context caller = Context.current();
      String target = ClientCall.mayBegin(caller, method) ? url.get() : null;
      ClientCall call = target == null ? null : ClientCall.begin(caller, client, method, target);
      return call == null && caller == null ? null : new Outgoing(call, caller);
    } catch (Throwable t) {
      Guard.failed(t);
      return null;
    }
  }

  /** What to send as {@link #TRACEPARENT}; null: propagation is off. */
  public @Nullable String traceparent() {
    return call != null ? call.traceparent() : caller == null ? null : caller.traceparent();
  }

  /**
   * Adds the {@link #TRACEPARENT} unless the application set one.
   *
   * @return whether it was added, and may have to be taken out again
   */
  public boolean addTraceparent(Predicate<String> has, BiConsumer<String, String> set) {
    try {
      String value = traceparent();
      if (value == null || has.test(TRACEPARENT)) {
        return false;
      }
      set.accept(TRACEPARENT, value);
      return true;
    } catch (Throwable t) {
      Guard.failed(t);
      return false;
    }
  }

  /** What the library's own work runs in: nothing below is captured as a call of its own. */
  public @Nullable Context inside() {
    return call != null ? call.context() : caller;
  }

  /** As {@link ClientCall#end(Throwable)}: failed, or read to its end if nothing was thrown. */
  public void end(@Nullable Throwable thrown) {
    if (call != null) {
      call.end(thrown);
    }
  }

  /** As {@link ClientCall#closedEarly}. */
  public void closedEarly() {
    if (call != null) {
      call.closedEarly();
    }
  }
}
