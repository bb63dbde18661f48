package io.sidetrace.instrumentation.mutiny;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.List;

/**
 * Weaves the operator that gives itself to an executor, where a pool cannot tell it from a loop of
 * the application's. Mutiny's others submit a lambda for each work, which pools carry along.
 */
public final class MutinyInstrumentation implements Instrumentation {

  @Override
  public String name() {
    return "mutiny";
  }

  @Override
  public List<Rule> rules() {
    Rule emitOn =
        Rule.in("io.smallrye.mutiny.operators.multi.MultiEmitOnOp$MultiEmitOnProcessor")
            .advice("io.sidetrace.instrumentation.mutiny.EmitOnAdvice");
    return List.of(
        emitOn.method("schedule").enter("enterSchedule"),
        emitOn.method("run").enter("enterRun").exit("exitRun"));
  }
}
