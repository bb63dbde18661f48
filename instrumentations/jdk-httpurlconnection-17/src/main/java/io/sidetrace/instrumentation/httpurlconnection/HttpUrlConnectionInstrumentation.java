package io.sidetrace.instrumentation.httpurlconnection;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.List;

/**
 * {@code java.net.HttpURLConnection}. One class of the JDK does all the work; that for https sits
 * in front of a subclass of it. Everything that asks for the answer comes to {@code
 * getInputStream}, with redirects, authentication and retries inside.
 */
public final class HttpUrlConnectionInstrumentation implements Instrumentation {
  private static final String HTTP = "sun.net.www.protocol.http.HttpURLConnection";
  private static final String HTTPS =
      "sun.net.www.protocol.https.AbstractDelegateHttpsURLConnection";
  private static final String ADVICE =
      "io.sidetrace.instrumentation.httpurlconnection.ConnectionAdvice";

  @Override
  public String name() {
    return "jdk-httpurlconnection";
  }

  @Override
  public List<Rule> rules() {
    return List.of(
        connection(HTTP, "connect").enter("enter").exit("connected"),
        connection(HTTPS, "connect").enter("enter").exit("connected"),
        connection(HTTP, "getOutputStream").enter("enterOutput").exit("output"),
        connection(HTTP, "getInputStream").enter("enter").exit("input"),
        connection(HTTP, "getErrorStream").enter("known").exit("errors"),
        connection(HTTP, "disconnect").enter("disconnect"));
  }

  private static Rule connection(String className, String method) {
    return Rule.in(className).method(method).advice(ADVICE);
  }
}
