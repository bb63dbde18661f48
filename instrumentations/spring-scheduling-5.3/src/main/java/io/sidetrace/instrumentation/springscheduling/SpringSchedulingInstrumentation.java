package io.sidetrace.instrumentation.springscheduling;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.List;

/**
 * Weaves what runs {@code @Scheduled} methods, and the executor that makes a thread for each task.
 */
public final class SpringSchedulingInstrumentation implements Instrumentation {
  private static final String ADVICE =
      "io.sidetrace.instrumentation.springscheduling.SchedulingAdvice";

  @Override
  public String name() {
    return "spring-scheduling";
  }

  @Override
  public List<Rule> rules() {
    return List.of(
        Rule.in("org.springframework.scheduling.support.ScheduledMethodRunnable")
            .method("run")
            .advice(ADVICE)
            .enter("enterRun")
            .exit("exitRun"),
        Rule.in("org.springframework.core.task.SimpleAsyncTaskExecutor")
            .method("doExecute", "java.lang.Runnable")
            .advice(ADVICE)
            .replaceArgument(0, "carryContext"),
        // Since 6.1 its pools call these, and not those of ThreadPoolExecutor.
        Rule.in("org.springframework.scheduling.concurrent.ExecutorConfigurationSupport")
            .method("beforeExecute", "java.lang.Thread", "java.lang.Runnable")
            .advice(ADVICE)
            .enter("enterBeforeExecute"),
        Rule.in("org.springframework.scheduling.concurrent.ExecutorConfigurationSupport")
            .method("afterExecute", "java.lang.Runnable", "java.lang.Throwable")
            .advice(ADVICE)
            .enter("enterAfterExecute"));
  }
}
