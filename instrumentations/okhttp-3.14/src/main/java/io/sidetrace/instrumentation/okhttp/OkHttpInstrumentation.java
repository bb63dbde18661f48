package io.sidetrace.instrumentation.okhttp;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.ArrayList;
import java.util.List;

/**
 * OkHttp from 3.14 on. Every call, sync or enqueued, runs its interceptors in one method, and the
 * first {@code proceed} of the chain is where the request can still be replaced. Application
 * interceptors lie below, so one call is one event whatever they do.
 */
public final class OkHttpInstrumentation implements Instrumentation {
  private static final String PACKAGE = "io.sidetrace.instrumentation.okhttp.";

  @Override
  public String name() {
    return "okhttp";
  }

  @Override
  public List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    rules.addAll(call("okhttp3.RealCall", "getResponseWithInterceptorChain")); // 3.14 to 4.3
    rules.addAll(
        call("okhttp3.internal.connection.RealCall", "getResponseWithInterceptorChain$okhttp"));
    rules.add(
        Rule.in("okhttp3.internal.http.RealInterceptorChain")
            .method("proceed", "okhttp3.Request")
            .advice(PACKAGE + "ProceedAdvice")
            .enter("enter")
            .replaceArgument(0, "request")
            .exit("exit"));
    return rules;
  }

  private static List<Rule> call(String realCall, String run) {
    return List.of(
        Rule.in(realCall)
            .method("enqueue", "okhttp3.Callback")
            .advice(PACKAGE + "CallAdvice")
            .enter("enqueue")
            .replaceArgument(0, "callback"),
        Rule.in(realCall).method(run).advice(PACKAGE + "CallAdvice").enter("enter").exit("exit"));
  }
}
