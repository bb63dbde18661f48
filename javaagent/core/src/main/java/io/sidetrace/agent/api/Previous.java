package io.sidetrace.agent.api;

import org.jspecify.annotations.Nullable;

/**
 * What stood on a thread before another context was attached, maybe nothing: what advice gives from
 * its enter to its exit, where null says that nothing was attached.
 */
public record Previous(@Nullable Context context) {

  /** As {@link Context#attach}. */
  public static Previous attach(@Nullable Context context) {
    return new Previous(Context.attach(context));
  }

  /** As {@link Context#restore}. */
  public static void restore(@Nullable Previous previous) {
    if (previous != null) {
      Context.restore(previous.context);
    }
  }
}
