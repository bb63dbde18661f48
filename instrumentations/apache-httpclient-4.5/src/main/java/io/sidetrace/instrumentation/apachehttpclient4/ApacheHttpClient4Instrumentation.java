package io.sidetrace.instrumentation.apachehttpclient4;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.ArrayList;
import java.util.List;

/**
 * Apache HttpClient from 4.5 on. Every {@code execute} runs a chain on a copy of the request. Which
 * of these is its first depends on the client's settings; whichever it is, the others run inside.
 */
public final class ApacheHttpClient4Instrumentation implements Instrumentation {
  private static final String CHAIN = "org.apache.http.impl.execchain.";
  private static final String ADVICE = "io.sidetrace.instrumentation.apachehttpclient4.ChainAdvice";
  private static final List<String> ELEMENTS =
      List.of(
          "BackoffStrategyExec",
          "ServiceUnavailableRetryExec",
          "RedirectExec",
          "RetryExec",
          "ProtocolExec",
          "MainClientExec",
          "MinimalClientExec");

  @Override
  public String name() {
    return "apache-httpclient-4";
  }

  @Override
  public List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    for (String element : ELEMENTS) {
      rules.add(
          Rule.in(CHAIN + element)
              .method(
                  "execute",
                  "org.apache.http.conn.routing.HttpRoute",
                  "org.apache.http.client.methods.HttpRequestWrapper",
                  "org.apache.http.client.protocol.HttpClientContext",
                  "org.apache.http.client.methods.HttpExecutionAware")
              .advice(ADVICE)
              .enter("enter")
              .exit("exit"));
    }
    rules.add(Rule.in(CHAIN + "HttpResponseProxy").method("close").advice(ADVICE).enter("close"));
    return rules;
  }
}
