package io.sidetrace.agent.api;

import org.jspecify.annotations.Nullable;

/**
 * Contexts on their way to another thread, attached to the task that goes there, weakly and by
 * identity. One place for all instrumentations: a task may be handed over in the JDK and run by a
 * library.
 */
public final class Carried {
  private static final Attachments<Object, Context> CONTEXTS = new Attachments<>();

  private Carried() {}

  /** The task takes this thread's context along; without one there is nothing to take. */
  public static void by(Object task) {
    Context context = Context.current();
    if (context != null) {
      CONTEXTS.put(task, context);
    }
  }

  /** What the task brought, once; null if nothing. */
  public static @Nullable Context take(Object task) {
    return CONTEXTS.remove(task);
  }
}
