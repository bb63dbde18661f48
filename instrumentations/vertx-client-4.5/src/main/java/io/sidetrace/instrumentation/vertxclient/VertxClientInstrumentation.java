package io.sidetrace.instrumentation.vertxclient;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.List;

/**
 * The HTTP client of Vert.x from 4.5 on. A call begins where a connection is asked for, and its
 * bytes are taken where request and response objects meet the stream, whatever its protocol.
 */
public final class VertxClientInstrumentation implements Instrumentation {
  private static final String HTTP = "io.vertx.core.http.impl.";
  private static final String ADVICE = "io.sidetrace.instrumentation.vertxclient.";
  private static final String OPTIONS = "io.vertx.core.http.RequestOptions";

  @Override
  public String name() {
    return "vertx-client";
  }

  @Override
  public List<Rule> rules() {
    return List.of(
        in("HttpClientImpl", "ClientAdvice") // Vert.x 4
            .method("doRequest", OPTIONS, "io.vertx.core.impl.future.PromiseInternal")
            .enter("enterPromise")
            .exit("exitPromise"),
        in("HttpClientImpl", "ClientAdvice") // Vert.x 5, and 4 around the former
            .method("request", OPTIONS)
            .enter("enterFuture")
            .exit("exitFuture"),
        in("HttpClientRequestImpl", "RequestAdvice").methods("doWrite").enter("write"),
        in("HttpClientRequestImpl", "RequestAdvice")
            .method(
                "handleResponse",
                "io.vertx.core.Promise",
                "io.vertx.core.http.HttpClientResponse",
                "long")
            .enter("enterResponse")
            .exit("exitResponse"),
        in("HttpClientRequestImpl", "RequestAdvice").methods("handleNextRequest").enter("redirect"),
        in("HttpClientRequestImpl", "RequestAdvice")
            .method("handleException", "java.lang.Throwable")
            .enter("enterFailure")
            .exit("exit"),
        in("HttpClientRequestBase", "RequestAdvice")
            .method("handleException", "java.lang.Throwable")
            .enter("fail"),
        in("HttpClientRequestBase", "RequestAdvice").method("reset", "long").enter("cancel"),
        in("HttpClientRequestBase", "RequestAdvice").method("cancel").enter("cancel"),
        in("HttpClientResponseImpl", "ResponseAdvice")
            .method("handleChunk", "io.vertx.core.buffer.Buffer")
            .enter("chunk")
            .exit("exit"),
        in("HttpClientResponseImpl", "ResponseAdvice")
            .methods("handleEnd")
            .enter("end")
            .exit("exit"),
        in("HttpClientResponseImpl", "ResponseAdvice")
            .method("handleException", "java.lang.Throwable")
            .enter("fail")
            .exit("exit"));
  }

  private static Rule in(String className, String advice) {
    return Rule.in(HTTP + className).advice(ADVICE + advice);
  }
}
