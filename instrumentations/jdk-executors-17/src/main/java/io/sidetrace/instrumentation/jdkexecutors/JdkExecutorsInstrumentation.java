package io.sidetrace.instrumentation.jdkexecutors;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.List;

/** Weaves where pools take a task and where they run it. */
public final class JdkExecutorsInstrumentation implements Instrumentation {
  private static final String THREADS = "java.util.concurrent.ThreadPoolExecutor";
  private static final String FORK_JOIN = "java.util.concurrent.ForkJoinPool";
  private static final String FUTURE = "java.util.concurrent.CompletableFuture";
  private static final String RUNNABLE = "java.lang.Runnable";

  @Override
  public String name() {
    return "jdk-executors";
  }

  @Override
  public List<Rule> rules() {
    return List.of(
        in(THREADS).method("execute", RUNNABLE).enter("submitted"),
        in(THREADS).method("beforeExecute", "java.lang.Thread", RUNNABLE).enter("beforeExecute"),
        in(THREADS).method("afterExecute", RUNNABLE, "java.lang.Throwable").enter("afterExecute"),
        in(FORK_JOIN).method("execute", RUNNABLE).enter("submitted"),
        // What CompletableFuture uses instead of a common pool of one thread, before JDK 24.
        in(FUTURE + "$ThreadPerTaskExecutor").method("execute", RUNNABLE).enter("submitted"),
        in(FUTURE + "$AsyncSupply").method("run").enter("enterTask").exit("exitTask"),
        in(FUTURE + "$AsyncRun").method("run").enter("enterTask").exit("exitTask"),
        in(FUTURE + "$Completion").method("run").enter("enterTask").exit("exitTask"),
        in(FUTURE + "$Completion").method("exec").enter("enterTask").exit("exitStage"));
  }

  private static Rule in(String className) {
    return Rule.in(className)
        .advice("io.sidetrace.instrumentation.jdkexecutors.JdkExecutorsAdvice");
  }
}
