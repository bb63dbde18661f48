package io.sidetrace.instrumentation.jdkexecutors;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.ArrayList;
import java.util.List;

/** Weaves where pools take a task and where they run it. */
public final class JdkExecutorsInstrumentation implements Instrumentation {
  private static final String PACKAGE = "io.sidetrace.instrumentation.jdkexecutors.";
  private static final String JUC = "java.util.concurrent.";
  private static final String RUNNABLE = "java.lang.Runnable";

  @Override
  public String name() {
    return "jdk-executors";
  }

  @Override
  public List<Rule> rules() {
    var rules = new ArrayList<Rule>();
    addThreadPools(rules);
    addForkJoin(rules);
    rules.add(
        Rule.in("java.lang.ThreadBuilders") // since JDK 21
            .method("newVirtualThread", JUC + "Executor", "java.lang.String", "int", RUNNABLE)
            .advice(PACKAGE + "VirtualThreadAdvice")
            .replaceArgument(3, "carryContext"));
    return rules;
  }

  private static void addThreadPools(List<Rule> rules) {
    Rule pool = in("ThreadPoolExecutor", "JdkExecutorsAdvice");
    rules.add(pool.method("execute", RUNNABLE).enter("submitted"));
    rules.add(pool.method("beforeExecute", "java.lang.Thread", RUNNABLE).enter("beforeExecute"));
    rules.add(pool.method("afterExecute", RUNNABLE, "java.lang.Throwable").enter("afterExecute"));
    rules.add(
        in("ScheduledThreadPoolExecutor", "JdkExecutorsAdvice")
            .method("delayedExecute", JUC + "RunnableScheduledFuture")
            .enter("scheduled"));
    // What CompletableFuture uses instead of a common pool of one thread, before JDK 25.
    String future = "CompletableFuture";
    rules.add(
        in(future + "$ThreadPerTaskExecutor", "JdkExecutorsAdvice")
            .method("execute", RUNNABLE)
            .enter("submitted"));
    for (String task :
        List.of(
            "FutureTask", future + "$AsyncSupply", future + "$AsyncRun", future + "$Completion")) {
      rules.add(in(task, "JdkExecutorsAdvice").method("run").enter("enterTask").exit("exitTask"));
    }
  }

  private static void addForkJoin(List<Rule> rules) {
    String taskType = JUC + "ForkJoinTask";
    Rule task = in("ForkJoinTask", "ForkJoinAdvice");
    rules.add(task.method("fork").enter("forked"));
    Rule run = task.method("doExec").enter("enterTask");
    rules.add(run.returning("int").exit("exitTaskWithState"));
    rules.add(run.returning("void").exit("exitTask")); // since JDK 22
    Rule pool = in("ForkJoinPool", "ForkJoinAdvice");
    rules.add(pool.method("externalSubmit", taskType).enter("submitted"));
    rules.add(pool.method("poolSubmit", "boolean", taskType).enter("pooled")); // since JDK 19
    rules.add( // since JDK 25
        pool.method("scheduleDelayedTask", JUC + "DelayScheduler$ScheduledForkJoinTask")
            .enter("submitted"));
    for (String method : List.of("scheduleAtFixedRate", "scheduleWithFixedDelay")) {
      rules.add(pool.methods(method).enter("enterPeriodic").exit("exitPeriodic"));
    }
  }

  private static Rule in(String className, String advice) {
    return Rule.in(JUC + className).advice(PACKAGE + advice);
  }
}
