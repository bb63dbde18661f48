package io.sidetrace.instrumentation.jbossthreads;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.List;

/** Weaves where this pool, which is none of the JDK's, takes a task. */
public final class JbossThreadsInstrumentation implements Instrumentation {

  @Override
  public String name() {
    return "jboss-threads";
  }

  @Override
  public List<Rule> rules() {
    return List.of(
        Rule.in("org.jboss.threads.EnhancedQueueExecutor")
            .method("execute", "java.lang.Runnable")
            .advice("io.sidetrace.instrumentation.jbossthreads.ExecuteAdvice")
            .replaceArgument(0, "carryContext"));
  }
}
