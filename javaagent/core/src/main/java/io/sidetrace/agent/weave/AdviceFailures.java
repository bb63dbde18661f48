package io.sidetrace.agent.weave;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.SwitchPoint;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts what one instrumentation's advice threw, and switches it off when that goes on.
 * Thread-safe.
 */
public final class AdviceFailures {

  /**
   * After so many the advice does not fit the library: each further call costs a throw for nothing.
   */
  static final int SWITCH_OFF_AFTER = 10;

  private static final MethodHandle FAILED;

  static {
    try {
      FAILED =
          MethodHandles.lookup()
              .findVirtual(
                  AdviceFailures.class,
                  "failed",
                  MethodType.methodType(void.class, String.class, Throwable.class));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private final String instrumentation;
  private final WeaverLog log;
  private final AtomicInteger count = new AtomicInteger();
  private final List<String> kinds = new CopyOnWriteArrayList<>();
  private final SwitchPoint on = new SwitchPoint();

  AdviceFailures(String instrumentation, WeaverLog log) {
    this.instrumentation = instrumentation;
    this.log = log;
  }

  public String instrumentation() {
    return instrumentation;
  }

  public int count() {
    return count.get();
  }

  public boolean isSwitchedOff() {
    return on.hasBeenInvalidated();
  }

  /** The first failures, one of a kind: the advice method and what it threw. */
  public List<String> kinds() {
    return List.copyOf(kinds);
  }

  /** Runs {@code active} until the switch-off, {@code passive} from then on. */
  MethodHandle whileOn(MethodHandle active, MethodHandle passive) {
    return on.guardWithTest(active, passive);
  }

  /** A handle that takes what the advice method threw. */
  MethodHandle counter(String advice) {
    return MethodHandles.insertArguments(FAILED.bindTo(this), 0, advice);
  }

  /** Takes no lock on the common path; one thread pays for the log line, one for the switch-off. */
  void failed(String advice, Throwable thrown) {
    int failures = count.incrementAndGet();
    String kind = advice + ": " + thrown.getClass().getName();
    if (failures <= SWITCH_OFF_AFTER && !kinds.contains(kind)) {
      kinds.add(kind);
      log.warn(
          "advice of "
              + instrumentation
              + " failed in "
              + advice
              + "; the application is unaffected, further failures are counted",
          thrown);
    }
    if (failures == SWITCH_OFF_AFTER) {
      SwitchPoint.invalidateAll(new SwitchPoint[] {on});
      log.warn(
          "switched instrumentation "
              + instrumentation
              + " off after "
              + failures
              + " failures; please report the first of them",
          thrown);
    }
  }
}
