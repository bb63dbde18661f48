package io.sidetrace.instrumentation.grpc;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.List;

/** Weaves where every builder of servers, whatever its transport, makes the server. */
public final class GrpcInstrumentation implements Instrumentation {

  @Override
  public String name() {
    return "grpc-server";
  }

  @Override
  public List<Rule> rules() {
    return List.of(
        Rule.in("io.grpc.internal.ServerImplBuilder")
            .method("build")
            .advice("io.sidetrace.instrumentation.grpc.BuildAdvice")
            .enter("enterBuild"));
  }
}
