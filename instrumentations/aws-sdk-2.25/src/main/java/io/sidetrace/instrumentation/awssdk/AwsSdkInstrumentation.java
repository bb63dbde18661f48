package io.sidetrace.instrumentation.awssdk;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.List;

/**
 * The HTTP clients of the AWS SDK 2 that are its own: the asynchronous ones over Netty and over its
 * native runtime, and the blocking one over the latter. Each takes one object with request and
 * body, and each retry of the SDK calls them anew. The other blocking ones are Apache HttpClient
 * and {@code HttpURLConnection}.
 */
public final class AwsSdkInstrumentation implements Instrumentation {
  private static final String HTTP = "software.amazon.awssdk.http.";

  @Override
  public String name() {
    return "aws-sdk";
  }

  @Override
  public List<Rule> rules() {
    return List.of(
        asynchronous(HTTP + "nio.netty.NettyNioAsyncHttpClient"),
        asynchronous(HTTP + "crt.AwsCrtAsyncHttpClient"),
        Rule.in(HTTP + "crt.AwsCrtHttpClient")
            .method("prepareRequest", HTTP + "HttpExecuteRequest")
            .advice("io.sidetrace.instrumentation.awssdk.PrepareAdvice")
            .enter("enter")
            .replaceArgument(0, "request")
            .exit("exit"));
  }

  private static Rule asynchronous(String className) {
    return Rule.in(className)
        .method("execute", HTTP + "async.AsyncExecuteRequest")
        .advice("io.sidetrace.instrumentation.awssdk.ExecuteAdvice")
        .enter("enter")
        .replaceArgument(0, "request")
        .exit("exit");
  }
}
