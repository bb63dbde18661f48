package io.sidetrace.instrumentation.micronaut;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.List;

/** Weaves where a matched route is called, and where nobody handled its exception. */
public final class MicronautInstrumentation implements Instrumentation {

  @Override
  public String name() {
    return "micronaut";
  }

  @Override
  public List<Rule> rules() {
    Rule executor =
        Rule.in("io.micronaut.http.server.RouteExecutor")
            .advice("io.sidetrace.instrumentation.micronaut.RouteAdvice");
    return List.of(
        executor.methods("callRoute").enter("enterCall"),
        executor
            .method(
                "createDefaultErrorResponse",
                "io.micronaut.http.HttpRequest",
                "java.lang.Throwable")
            .enter("enterFailure"));
  }
}
