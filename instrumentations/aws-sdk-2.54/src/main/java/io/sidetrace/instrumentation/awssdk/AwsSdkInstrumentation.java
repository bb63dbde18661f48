package io.sidetrace.instrumentation.awssdk;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.List;

/**
 * The asynchronous HTTP clients of the AWS SDK 2, over Netty and over its native runtime. Both take
 * one object with request, body and response handler, and each retry of the SDK calls them anew.
 * The SDK's blocking clients are Apache HttpClient 4 and {@code HttpURLConnection}.
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
        client(HTTP + "nio.netty.NettyNioAsyncHttpClient"),
        client(HTTP + "crt.AwsCrtAsyncHttpClient"));
  }

  private static Rule client(String className) {
    return Rule.in(className)
        .method("execute", HTTP + "async.AsyncExecuteRequest")
        .advice("io.sidetrace.instrumentation.awssdk.ExecuteAdvice")
        .enter("enter")
        .replaceArgument(0, "request")
        .exit("exit");
  }
}
