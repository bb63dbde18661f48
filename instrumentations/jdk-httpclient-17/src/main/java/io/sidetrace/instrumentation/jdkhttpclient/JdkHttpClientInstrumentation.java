package io.sidetrace.instrumentation.jdkhttpclient;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.List;

/**
 * {@code java.net.http.HttpClient}. The private {@code sendAsync} is where {@code send} and {@code
 * sendAsync} meet; redirects, authentication and retries lie below it.
 */
public final class JdkHttpClientInstrumentation implements Instrumentation {
  private static final String INTERNAL = "jdk.internal.net.http.";
  private static final String ADVICE = "io.sidetrace.instrumentation.jdkhttpclient.";

  @Override
  public String name() {
    return "jdk-httpclient";
  }

  @Override
  public List<Rule> rules() {
    return List.of(
        Rule.in(INTERNAL + "HttpClientImpl")
            .method(
                "sendAsync",
                "java.net.http.HttpRequest",
                "java.net.http.HttpResponse$BodyHandler",
                "java.net.http.HttpResponse$PushPromiseHandler",
                "java.util.concurrent.Executor")
            .advice(ADVICE + "SendAdvice")
            .enter("enter")
            .replaceArgument(0, "request")
            .replaceArgument(1, "handler")
            .exit("exit"),
        Rule.in(INTERNAL + "HttpResponseImpl")
            .method("request")
            .advice(ADVICE + "RequestAdvice")
            .exit("exit"),
        Rule.in(INTERNAL + "ResponseSubscribers$TrustedSubscriber")
            .method("needsExecutor", "java.net.http.HttpResponse$BodySubscriber")
            .advice(ADVICE + "SubscriberAdvice")
            .replaceArgument(0, "subscriber"));
  }
}
