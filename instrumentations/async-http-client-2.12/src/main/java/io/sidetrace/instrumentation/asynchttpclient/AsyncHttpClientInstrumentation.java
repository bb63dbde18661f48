package io.sidetrace.instrumentation.asynchttpclient;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.List;

/**
 * AsyncHttpClient from 2.12 on. A call is its future, which lives through redirects and retries: it
 * is taken along to where a request is written, its answer is read and the future comes to its end.
 */
public final class AsyncHttpClientInstrumentation implements Instrumentation {
  private static final String NETTY = "org.asynchttpclient.netty.";
  private static final String FUTURE = NETTY + "NettyResponseFuture";
  private static final String HANDLER = "org.asynchttpclient.AsyncHandler";
  private static final String CHANNEL = "io.netty.channel.Channel";
  private static final String ADVICE = "io.sidetrace.instrumentation.asynchttpclient.";

  @Override
  public String name() {
    return "async-http-client";
  }

  @Override
  public List<Rule> rules() {
    return List.of(
        in("request.NettyRequestSender", "RequestAdvice")
            .methods("newNettyResponseFuture")
            .exit("begin"),
        in("request.NettyRequestSender", "RequestAdvice")
            .method("writeRequest", FUTURE, CHANNEL)
            .enter("enterWrite")
            .exit("exitWrite"),
        in("request.NettyRequest", "RequestAdvice")
            .method("getBody")
            .enter("enterBody")
            .exit("exitBody"),
        in("handler.HttpHandler", "AnswerAdvice")
            .method("handleRead", CHANNEL, FUTURE, "java.lang.Object")
            .enter("enterRead")
            .exit("exitRead"),
        in("handler.Http2Handler", "Http2Advice")
            .method("handleRead", CHANNEL, FUTURE, "java.lang.Object")
            .enter("enterRead")
            .exit("exitRead"),
        in("handler.intercept.Interceptors", "AnswerAdvice")
            .methods("exitAfterIntercept")
            .enter("enterHead")
            .exit("exitHead"),
        in("handler.HttpHandler", "StreamAdvice") // until 2
            .method("abortAfterHandlingReactiveStreams", CHANNEL, FUTURE, HANDLER)
            .enter("enter")
            .replaceArgument(2, "handler"),
        in("NettyResponseFuture", "FutureAdvice").method("done").enter("enterDone").exit("exit"),
        in("NettyResponseFuture", "FutureAdvice")
            .method("abort", "java.lang.Throwable")
            .enter("enterAbort")
            .exit("exit"),
        in("NettyResponseFuture", "FutureAdvice")
            .method("cancel", "boolean")
            .enter("enterCancel")
            .exit("exit"));
  }

  private static Rule in(String className, String advice) {
    return Rule.in(NETTY + className).advice(ADVICE + advice);
  }
}
