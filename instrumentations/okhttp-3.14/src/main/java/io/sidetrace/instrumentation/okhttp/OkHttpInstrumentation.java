package io.sidetrace.instrumentation.okhttp;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.ArrayList;
import java.util.List;

/**
 * OkHttp from 3.14 on. Every call, sync or enqueued, runs its interceptors in one method, so one
 * call is one event whatever they do. The request is taken where it is written to a connection and
 * the response where that method returns it: no request has to be built anew to carry our traces.
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
        Rule.in("okhttp3.internal.http.CallServerInterceptor")
            .method("intercept", "okhttp3.Interceptor$Chain")
            .advice(PACKAGE + "RequestBodyAdvice")
            .enter("enter")
            .exit("exit"));
    rules.add(
        Rule.in("okhttp3.internal.connection.Exchange")
            .method("createRequestBody", "okhttp3.Request", "boolean")
            .advice(PACKAGE + "RequestBodyAdvice")
            .enter("open")
            .exit("tee"));
    rules.add(
        Rule.in("okhttp3.internal.http1.Http1ExchangeCodec")
            .method("writeRequest", "okhttp3.Headers", "java.lang.String")
            .advice(PACKAGE + "TraceparentAdvice")
            .enter("http1")
            .replaceArgument(0, "headers"));
    rules.add(
        Rule.in("okhttp3.internal.http2.Http2Connection")
            .method("newStream", "java.util.List", "boolean")
            .advice(PACKAGE + "TraceparentAdvice")
            .enter("http2")
            .replaceArgument(0, "list"));
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
