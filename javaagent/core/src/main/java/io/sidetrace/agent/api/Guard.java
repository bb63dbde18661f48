package io.sidetrace.agent.api;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where failures of ours end that would otherwise reach the application: counted, and told to
 * whoever logs. The call APIs guard themselves; a wrapper that does more of its own work calls
 * {@link #failed} from its catch.
 */
public final class Guard {
  private static final LongAdder FAILURES = new LongAdder();
  private static volatile @Nullable Consumer<Throwable> listener;

  private Guard() {}

  /** Counts a failure and swallows it, an {@link Error} as well: it is ours, not theirs. */
  public static void failed(Throwable failure) {
    FAILURES.increment();
    try {
      Consumer<Throwable> told = listener;
      if (told != null) {
        told.accept(failure);
      }
    } catch (Throwable unheard) {
      FAILURES.increment(); // a listener that fails must not undo the guard
    }
  }

  /** How many failures were swallowed since the start. */
  public static long failures() {
    return FAILURES.sum();
  }

  /** Sets who hears of failures. */
  public static void listener(Consumer<Throwable> heard) {
    listener = heard;
  }
}
