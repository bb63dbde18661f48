package io.sidetrace.agent.weave;

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

  private final String instrumentation;
  private final WeaverLog log;
  private final AtomicInteger count = new AtomicInteger();
  private final List<String> kinds = new CopyOnWriteArrayList<>();
  private volatile boolean switchedOff;

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

  /** Read by each call of an advice method that may rest. */
  public boolean isSwitchedOff() {
    return switchedOff;
  }

  /** The first failures, one of a kind: the advice method and what it threw. */
  public List<String> kinds() {
    return List.copyOf(kinds);
  }

  /**
   * Takes what an advice method threw. No lock on the common path; one thread pays for the log
   * line, one for the switch-off.
   */
  public void failed(String advice, Throwable thrown) {
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
      switchedOff = true;
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
