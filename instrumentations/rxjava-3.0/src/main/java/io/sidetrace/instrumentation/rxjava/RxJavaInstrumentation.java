package io.sidetrace.instrumentation.rxjava;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.List;

/**
 * Weaves where {@code Schedulers.from(executor)} takes work. It collects it in a queue of its own,
 * and all the executor sees is the loop that empties that. RxJava's other schedulers hand each work
 * to a pool of the JDK.
 */
public final class RxJavaInstrumentation implements Instrumentation {
  private static final String SCHEDULER =
      "io.reactivex.rxjava3.internal.schedulers.ExecutorScheduler";

  @Override
  public String name() {
    return "rxjava";
  }

  @Override
  public List<Rule> rules() {
    return List.of(
        in(SCHEDULER).method("scheduleDirect", "java.lang.Runnable"),
        in(SCHEDULER + "$ExecutorWorker").method("schedule", "java.lang.Runnable"));
  }

  private static Rule in(String className) {
    return Rule.in(className)
        .advice("io.sidetrace.instrumentation.rxjava.ScheduleAdvice")
        .replaceArgument(0, "carryContext");
  }
}
