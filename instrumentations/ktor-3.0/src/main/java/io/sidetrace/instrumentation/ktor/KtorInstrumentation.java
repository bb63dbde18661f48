package io.sidetrace.instrumentation.ktor;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.List;

/** Weaves where a route was found for a call, and where nobody handled its exception. */
public final class KtorInstrumentation implements Instrumentation {

  @Override
  public String name() {
    return "ktor";
  }

  @Override
  public List<Rule> rules() {
    return List.of(
        in("routing.RoutingRoot").methods("executeResult").enter("enterRoute"),
        in("engine.DefaultEnginePipelineKt").methods("handleFailure").enter("enterFailure"));
  }

  private static Rule in(String className) {
    return Rule.in("io.ktor.server.".concat(className))
        .advice("io.sidetrace.instrumentation.ktor.RouteAdvice");
  }
}
