package io.sidetrace.instrumentation.apachehttpclient5;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.List;

/**
 * Apache HttpClient from 5.0 on. The classic and the asynchronous client both run a chain of
 * handlers on a copy of the request; its first element is where redirects, retries and
 * decompression still lie below.
 */
public final class ApacheHttpClient5Instrumentation implements Instrumentation {
  private static final String PACKAGE = "io.sidetrace.instrumentation.apachehttpclient5.";

  private static final String CORE = "org.apache.hc.core5.http.";
  private static final String CLIENT = "org.apache.hc.client5.http.";
  private static final String IMPL = CLIENT + "impl.";

  @Override
  public String name() {
    return "apache-httpclient-5";
  }

  @Override
  public List<Rule> rules() {
    return List.of(
        Rule.in(IMPL + "classic.ExecChainElement")
            .method("execute", CORE + "ClassicHttpRequest", CLIENT + "classic.ExecChain$Scope")
            .advice(PACKAGE + "ChainAdvice")
            .enter("enter")
            .replaceArgument(1, "scope")
            .exit("exit"),
        Rule.in(IMPL + "async.AsyncExecChainElement")
            .method(
                "execute",
                CORE + "HttpRequest",
                CORE + "nio.AsyncEntityProducer",
                CLIENT + "async.AsyncExecChain$Scope",
                CLIENT + "async.AsyncExecCallback")
            .advice(PACKAGE + "AsyncChainAdvice")
            .enter("enter")
            .replaceArgument(1, "entity")
            .replaceArgument(3, "callback")
            .exit("exit"),
        Rule.in("org.apache.hc.core5.concurrent.ComplexFuture")
            .method("cancel", "boolean")
            .advice(PACKAGE + "AsyncChainAdvice")
            .enter("cancel"));
  }
}
