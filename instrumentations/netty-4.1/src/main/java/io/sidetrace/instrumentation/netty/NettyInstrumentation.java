package io.sidetrace.instrumentation.netty;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.List;

/**
 * Weaves where a server's HTTP codec hands messages to the handlers above and encodes what they
 * answer, where the frames of HTTP/2 are read and written, and where event loops take tasks. No
 * handler is added to the pipeline.
 */
public final class NettyInstrumentation implements Instrumentation {
  private static final String CONTEXT = "io.netty.channel.AbstractChannelHandlerContext";
  private static final String HANDLER_CONTEXT = "io.netty.channel.ChannelHandlerContext";
  private static final String PROMISE = "io.netty.channel.ChannelPromise";
  private static final String HTTP_2 = "io.netty.handler.codec.http2.";
  private static final String HEADERS = HTTP_2 + "Http2Headers";
  private static final String READER = "DefaultHttp2ConnectionDecoder$FrameReadListener";
  private static final String WRITER = "DefaultHttp2ConnectionEncoder";

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
        http2(READER)
            .method(
                "onHeadersRead",
                HANDLER_CONTEXT,
                "int",
                HEADERS,
                "int",
                "short",
                "boolean",
                "int",
                "boolean")
            .enter("enterHeadersRead")
            .exit("exitHeadersRead"),
        http2(READER).methods("onDataRead").enter("enterDataRead").exit("exitDataRead"),
        http2(READER).methods("onRstStreamRead").enter("enterResetRead"),
        http2(WRITER)
            .method("writeHeaders", HANDLER_CONTEXT, "int", HEADERS, "int", "boolean", PROMISE)
            .enter("enterHeadersWrite"),
        http2(WRITER)
            .method(
                "writeHeaders",
                HANDLER_CONTEXT,
                "int",
                HEADERS,
                "int",
                "short",
                "boolean",
                "int",
                "boolean",
                PROMISE)
            .enter("enterPrioritizedHeadersWrite"),
        http2(WRITER).methods("writeData").enter("enterDataWrite"),
        http2("Http2ConnectionHandler")
            .method("resetStream", HANDLER_CONTEXT, "int", "long", PROMISE)
            .enter("enterResetWrite"),
        Rule.in("io.netty.util.concurrent.SingleThreadEventExecutor")
            .method("execute", "java.lang.Runnable")
            .advice("io.sidetrace.instrumentation.netty.EventLoopAdvice")
            .replaceArgument(0, "carryContext"));
  }

  private static Rule in(String className) {
    return Rule.in(className).advice("io.sidetrace.instrumentation.netty.NettyAdvice");
  }

  private static Rule http2(String className) {
    return Rule.in(HTTP_2.concat(className))
        .advice("io.sidetrace.instrumentation.netty.Http2Advice");
  }
}
