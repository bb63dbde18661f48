package io.sidetrace.instrumentation.jettyclient;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.List;
import java.util.stream.Stream;

/**
 * Jetty's HTTP client from 12.0 on, whatever carries it. A call begins where a request is sent; its
 * bytes are taken where the sender and the listeners are given them, below redirects and
 * authentication.
 */
public final class JettyClientInstrumentation implements Instrumentation {
  private static final String CLIENT = "org.eclipse.jetty.client.";
  private static final String TRANSPORT = CLIENT + "transport.";
  private static final String HTTP_2 = "org.eclipse.jetty.http2.client.transport.internal.";
  private static final String PACKAGE = "io.sidetrace.instrumentation.jettyclient.";
  private static final String EXCHANGE = TRANSPORT + "HttpExchange";

  @Override
  public String name() {
    return "jetty-client";
  }

  @Override
  public List<Rule> rules() {
    Stream<Rule> sending =
        Stream.of(
            in("HttpRequest", "SendAdvice")
                .method("send", CLIENT + "Response$CompleteListener")
                .enter("enter")
                .exit("exit"),
            in("HttpSender", "SenderAdvice").method("send", EXCHANGE).enter("send"),
            in("HttpSender", "SenderAdvice")
                .method("beginToHeaders", EXCHANGE)
                .enter("begin")
                .exit("headers"),
            in("HttpSender", "SenderAdvice").method("headersToCommit", EXCHANGE).enter("commit"),
            content(TRANSPORT + "internal.HttpSenderOverHTTP", "sendHeaders"),
            content(TRANSPORT + "internal.HttpSenderOverHTTP", "sendContent"),
            content(HTTP_2 + "HttpSenderOverHTTP2", "sendHeaders"),
            content(HTTP_2 + "HttpSenderOverHTTP2", "sendContent"));
    Stream<Rule> receiving =
        Stream.of(
            listener("Headers", CLIENT + "Response").enter("enter").exit("exit"),
            listener("ContentSource", CLIENT + "Response", "org.eclipse.jetty.io.Content$Source")
                .enter("enterContent")
                .replaceArgument(2, "source")
                .exit("exitContent"),
            listener("Success", CLIENT + "Response").enter("enter").exit("exit"),
            listener("Failure", CLIENT + "Response", "java.lang.Throwable")
                .enter("enter")
                .exit("exit"),
            listener("Complete", CLIENT + "Result").enter("enterComplete").exit("exit"));
    return Stream.concat(sending, receiving).toList();
  }

  private static Rule in(String className, String advice) {
    return Rule.in(TRANSPORT + className).advice(PACKAGE + advice);
  }

  /** Before it goes out: an answer may overtake whoever says that it has. */
  private static Rule content(String sender, String method) {
    return Rule.in(sender)
        .method(
            method, EXCHANGE, "java.nio.ByteBuffer", "boolean", "org.eclipse.jetty.util.Callback")
        .advice(PACKAGE + "SenderAdvice")
        .enter("content");
  }

  /** The static method behind every way to tell a listener of the application. */
  private static Rule listener(String event, String... what) {
    String[] types = new String[what.length + 1];
    types[0] = CLIENT + "Response$" + event + "Listener";
    System.arraycopy(what, 0, types, 1, what.length);
    return in("ResponseListeners", "ListenerAdvice").method("notify" + event, types);
  }
}
