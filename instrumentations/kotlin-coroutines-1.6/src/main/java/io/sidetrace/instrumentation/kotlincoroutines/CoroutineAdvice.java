package io.sidetrace.instrumentation.kotlincoroutines;

import io.sidetrace.agent.api.Context;
import kotlin.coroutines.CoroutineContext;
import org.jspecify.annotations.Nullable;

/** What runs where a coroutine is made: {@code launch}, {@code async}, {@code runBlocking}, … */
public final class CoroutineAdvice {

  private CoroutineAdvice() {}

  /** Outside a trace the coroutine keeps what its scope has, if anything. */
  public static @Nullable CoroutineContext exitNewContext(
      @Nullable Object token, @Nullable CoroutineContext made, @Nullable Throwable thrown) {
    Context here = Context.current();
    return made == null || here == null ? made : made.plus(new TraceElement(here));
  }
}
