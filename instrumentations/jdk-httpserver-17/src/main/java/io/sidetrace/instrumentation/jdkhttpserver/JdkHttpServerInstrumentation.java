package io.sidetrace.instrumentation.jdkhttpserver;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.ArrayList;
import java.util.List;

/**
 * Weaves the filter chain around every handler, the two kinds of exchange and their two streams.
 */
public final class JdkHttpServerInstrumentation implements Instrumentation {
  private static final String BYTES = "byte[]";
  private static final String INT = "int";

  @Override
  public String name() {
    return "jdk-httpserver";
  }

  @Override
  public List<Rule> rules() {
    Rule in = in("sun.net.httpserver.LeftOverInputStream");
    Rule out = in("sun.net.httpserver.PlaceholderOutputStream");
    var rules = new ArrayList<Rule>();
    rules.add(
        in("com.sun.net.httpserver.Filter$Chain")
            .method("doFilter", "com.sun.net.httpserver.HttpExchange")
            .enter("enterFilter")
            .exit("exitFilter"));
    for (String exchange :
        List.of("sun.net.httpserver.HttpExchangeImpl", "sun.net.httpserver.HttpsExchangeImpl")) {
      rules.add(
          in(exchange)
              .method("sendResponseHeaders", INT, "long")
              .enter("enterSend")
              .exit("exitSend"));
      rules.add(in(exchange).method("close").enter("enterClose").exit("exitClose"));
    }
    rules.add(in.method("read").enter("enterReadByte").exit("exitReadByte"));
    rules.add(in.method("read", BYTES, INT, INT).enter("enterRead").exit("exitRead"));
    rules.add(out.method("write", INT).enter("enterWriteByte").exit("exitWrite"));
    rules.add(out.method("write", BYTES).enter("enterWriteAll").exit("exitWrite"));
    rules.add(out.method("write", BYTES, INT, INT).enter("enterWrite").exit("exitWrite"));
    rules.add(out.method("flush").enter("enterFlush").exit("exitWrite"));
    rules.add(out.method("close").enter("enterCloseBody").exit("exitCloseBody"));
    return rules;
  }

  private static Rule in(String className) {
    return Rule.in(className)
        .advice("io.sidetrace.instrumentation.jdkhttpserver.JdkHttpServerAdvice");
  }
}
