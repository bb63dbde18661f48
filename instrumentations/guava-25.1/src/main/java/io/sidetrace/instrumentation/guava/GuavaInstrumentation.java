package io.sidetrace.instrumentation.guava;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.List;

/** Weaves Guava's own kind of FutureTask, its listeners, and its executor with a queue. */
public final class GuavaInstrumentation implements Instrumentation {
  private static final String CONCURRENT = "com.google.common.util.concurrent.";

  @Override
  public String name() {
    return "guava";
  }

  @Override
  public List<Rule> rules() {
    Rule task = in("TrustedListenableFutureTask");
    return List.of(
        task.methods("create").exit("exitCreate"),
        task.method("run").enter("enterRun").exit("exitRun"),
        in("CombinedFuture$CombinedFutureInterruptibleTask")
            .method("execute")
            .enter("enterExecute"),
        in("InterruptibleTask").method("run").enter("enterRun").exit("exitRun"),
        in("AbstractFuture")
            .method("addListener", "java.lang.Runnable", "java.util.concurrent.Executor")
            .replaceArgument(0, "carryContext"),
        in("SequentialExecutor")
            .method("execute", "java.lang.Runnable")
            .replaceArgument(0, "carryContext"));
  }

  private static Rule in(String className) {
    return Rule.in(CONCURRENT.concat(className))
        .advice("io.sidetrace.instrumentation.guava.GuavaAdvice");
  }
}
