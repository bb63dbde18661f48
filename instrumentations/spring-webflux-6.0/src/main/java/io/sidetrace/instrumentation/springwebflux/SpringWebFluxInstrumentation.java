package io.sidetrace.instrumentation.springwebflux;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.ArrayList;
import java.util.List;

/** Weaves where an exchange is made, handled, and fails. */
public final class SpringWebFluxInstrumentation implements Instrumentation {
  private static final String WEB = "org.springframework.web.";
  private static final String EXCHANGE = WEB + "server.ServerWebExchange";

  @Override
  public String name() {
    return "spring-webflux";
  }

  @Override
  public List<Rule> rules() {
    var rules = new ArrayList<Rule>();
    rules.add(
        in(WEB + "server.adapter.HttpWebHandlerAdapter")
            .methods("createExchange")
            .exit("exitCreate"));
    for (String adapter :
        List.of(
            "result.method.annotation.RequestMappingHandlerAdapter",
            "function.server.support.HandlerFunctionAdapter")) {
      rules.add(
          in(WEB + "reactive." + adapter)
              .method("handle", EXCHANGE, "java.lang.Object")
              .enter("enterHandle"));
    }
    for (String handler :
        List.of(
            WEB + "server.handler.ResponseStatusExceptionHandler",
            "org.springframework.boot.autoconfigure.web.reactive.error.AbstractErrorWebExceptionHandler",
            "org.springframework.boot.webflux.autoconfigure.error.AbstractErrorWebExceptionHandler")) {
      rules.add(
          in(handler).method("handle", EXCHANGE, "java.lang.Throwable").enter("enterFailure"));
    }
    return rules;
  }

  private static Rule in(String className) {
    return Rule.in(className).advice("io.sidetrace.instrumentation.springwebflux.WebFluxAdvice");
  }
}
