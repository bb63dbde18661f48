package io.sidetrace.instrumentation.springwebmvc;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.List;

/** Weaves the two adapters that call controllers, and what carries a Callable to its executor. */
public final class SpringWebMvcInstrumentation implements Instrumentation {
  private static final String PACKAGE = "io.sidetrace.instrumentation.springwebmvc.";
  private static final String WEB_REQUEST =
      "org.springframework.web.context.request.NativeWebRequest";
  private static final String CALLABLE = "java.util.concurrent.Callable";

  @Override
  public String name() {
    return "spring-webmvc";
  }

  @Override
  public List<Rule> rules() {
    Rule callable =
        Rule.in("org.springframework.web.context.request.async.CallableInterceptorChain")
            .advice(PACKAGE + "CallableAdvice");
    return List.of(
        Rule.in(
                "org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter")
            .methods("invokeHandlerMethod") // of either servlet API
            .advice(PACKAGE + "ControllerAdvice")
            .enter("enterMethod")
            .exit("exitMethod"),
        Rule.in("org.springframework.web.servlet.function.support.HandlerFunctionAdapter")
            .methods("handle")
            .advice(PACKAGE + "ControllerAdvice")
            .enter("enterFunction"),
        callable
            .method("applyBeforeConcurrentHandling", WEB_REQUEST, CALLABLE)
            .enter("beforeHandOver"),
        callable.method("applyPreProcess", WEB_REQUEST, CALLABLE).enter("beforeCall"),
        callable
            .method("applyPostProcess", WEB_REQUEST, CALLABLE, "java.lang.Object")
            .enter("enterAfterCall")
            .exit("exitAfterCall"));
  }
}
