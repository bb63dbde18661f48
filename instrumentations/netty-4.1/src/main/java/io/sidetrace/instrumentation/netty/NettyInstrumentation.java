package io.sidetrace.instrumentation.netty;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.List;

/**
 * Weaves where a server's HTTP codec hands messages to the handlers above, and where it encodes
 * what they answer. No handler is added to the pipeline. And where event loops take tasks.
 */
public final class NettyInstrumentation implements Instrumentation {
  private static final String CONTEXT = "io.netty.channel.AbstractChannelHandlerContext";

  @Override
  public String name() {
    return "netty-server";
  }

  @Override
  public List<Rule> rules() {
    return List.of(
        in(CONTEXT)
            .method("fireChannelRead", "java.lang.Object")
            .enter("enterFire")
            .exit("exitFire"),
        in(CONTEXT).method("fireExceptionCaught", "java.lang.Throwable").enter("enterException"),
        in(CONTEXT).method("invokeExceptionCaught", "java.lang.Throwable").enter("enterException"),
        in("io.netty.handler.codec.http.HttpObjectEncoder").methods("encode").enter("enterEncode"),
        in("io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec")
            .methods("encode")
            .enter("enterEncode"),
        Rule.in("io.netty.util.concurrent.SingleThreadEventExecutor")
            .method("execute", "java.lang.Runnable")
            .advice("io.sidetrace.instrumentation.netty.EventLoopAdvice")
            .replaceArgument(0, "carryContext"));
  }

  private static Rule in(String className) {
    return Rule.in(className).advice("io.sidetrace.instrumentation.netty.NettyAdvice");
  }
}
