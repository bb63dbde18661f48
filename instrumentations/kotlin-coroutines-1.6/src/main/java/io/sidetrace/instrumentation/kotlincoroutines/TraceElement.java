package io.sidetrace.instrumentation.kotlincoroutines;

import io.sidetrace.agent.api.Context;
import kotlin.coroutines.AbstractCoroutineContextElement;
import kotlin.coroutines.CoroutineContext;
import kotlinx.coroutines.ThreadContextElement;
import org.jspecify.annotations.Nullable;

/**
 * The library's own way to have a thread-local value follow a coroutine: asked on every thread the
 * coroutine goes on, and again when it leaves it. So it is right for every dispatcher, and for a
 * coroutine that a foreign thread resumes.
 */
final class TraceElement extends AbstractCoroutineContextElement
    implements ThreadContextElement<@Nullable Context> {
  private static final Key KEY = new Key();

  private final Context context;

  TraceElement(Context context) {
    super(KEY);
    this.context = context;
  }

  @Override
  public @Nullable Context updateThreadContext(CoroutineContext coroutine) {
    return Context.attach(context);
  }

  @Override
  public void restoreThreadContext(CoroutineContext coroutine, @Nullable Context previous) {
    Context.restore(previous);
  }

  private static final class Key implements CoroutineContext.Key<TraceElement> {}
}
