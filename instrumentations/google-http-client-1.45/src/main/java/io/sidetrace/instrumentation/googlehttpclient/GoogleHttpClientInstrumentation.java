package io.sidetrace.instrumentation.googlehttpclient;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.List;

/**
 * Google's HTTP client, above whichever transport. Every call is a loop of attempts in {@code
 * execute}, on one thread; bodies pass two methods that no transport overrides.
 */
public final class GoogleHttpClientInstrumentation implements Instrumentation {
  private static final String HTTP = "com.google.api.client.http.";
  private static final String ADVICE = "io.sidetrace.instrumentation.googlehttpclient.";

  @Override
  public String name() {
    return "google-http-client";
  }

  @Override
  public List<Rule> rules() {
    return List.of(
        execution("HttpRequest").method("execute").enter("enter").exit("exit"),
        execution("HttpRequest")
            .method("handleRedirect", "int", HTTP + "HttpHeaders")
            .exit("redirected"),
        execution("LowLevelHttpRequest")
            .method("setStreamingContent", "com.google.api.client.util.StreamingContent")
            .enter("attempt")
            .replaceArgument(0, "content"),
        answer("getContent").enter("content").exit("tee"),
        answer("ignore").enter("ignore"));
  }

  private static Rule execution(String className) {
    return Rule.in(HTTP + className).advice(ADVICE + "ExecutionAdvice");
  }

  private static Rule answer(String method) {
    return Rule.in(HTTP + "HttpResponse").method(method).advice(ADVICE + "AnswerAdvice");
  }
}
