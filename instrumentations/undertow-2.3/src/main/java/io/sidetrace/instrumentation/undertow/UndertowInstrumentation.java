package io.sidetrace.instrumentation.undertow;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.ArrayList;
import java.util.List;

/**
 * Weaves Undertow's exchange, the ways handlers and listeners are called, and the two channels of
 * bodies.
 */
public final class UndertowInstrumentation implements Instrumentation {
  private static final String EXCHANGE = "io.undertow.server.HttpServerExchange";
  private static final String BUFFER = "java.nio.ByteBuffer";
  private static final String RUNNABLE = "java.lang.Runnable";

  @Override
  public String name() {
    return "undertow";
  }

  @Override
  public List<Rule> rules() {
    var rules = new ArrayList<Rule>();
    Rule exchange = in(EXCHANGE);
    rules.add(
        in("io.undertow.server.Connectors")
            .method("executeRootHandler", "io.undertow.server.HttpHandler", EXCHANGE)
            .enter("enterHandler")
            .exit("exitHandler"));
    rules.add(
        in("org.xnio.ChannelListeners")
            .method(
                "invokeChannelListener", "java.nio.channels.Channel", "org.xnio.ChannelListener")
            .enter("enterListener")
            .exit("exitListener"));
    rules.add(exchange.method("invokeExchangeCompleteListeners").enter("enterComplete"));
    rules.add(
        exchange
            .method("dispatch", "java.util.concurrent.Executor", RUNNABLE)
            .replaceArgument(1, "carryContext"));
    rules.add(
        exchange
            .method("dispatch", "java.util.concurrent.Executor", "io.undertow.server.HttpHandler")
            .enter("enterDispatch")
            .exit("exitDispatch"));
    rules.add(
        in("io.undertow.servlet.spec.AsyncContextImpl")
            .method("start", RUNNABLE)
            .replaceArgument(0, "carryContext"));
    rules.add(
        in("io.undertow.servlet.api.LoggingExceptionHandler")
            .methods("handleThrowable")
            .enter("enterThrowable"));
    rules.add(exchange.method("getRequestChannel").enter("ofExchange").exit("exitRequestChannel"));
    rules.add(exchange.method("getResponseChannel").enter("respond").exit("exitResponseChannel"));
    Rule in = in(EXCHANGE + "$ReadDispatchChannel");
    rules.add(in.method("read", BUFFER).enter("enterRead").exit("exitRead"));
    Rule out = in(EXCHANGE + "$WriteDispatchChannel");
    for (String method : List.of("write", "writeFinal")) {
      rules.add(out.method(method, BUFFER).enter("enterWrite").exit("exitWrite"));
      rules.add(out.method(method, BUFFER + "[]").enter("enterWriteAll").exit("exitWriteAll"));
      rules.add(
          out.method(method, BUFFER + "[]", "int", "int")
              .enter("enterWriteSome")
              .exit("exitWriteAll"));
    }
    return rules;
  }

  private static Rule in(String className) {
    return Rule.in(className).advice("io.sidetrace.instrumentation.undertow.UndertowAdvice");
  }
}
