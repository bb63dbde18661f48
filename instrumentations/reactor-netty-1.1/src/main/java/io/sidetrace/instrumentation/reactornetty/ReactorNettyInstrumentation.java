package io.sidetrace.instrumentation.reactornetty;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.List;

/**
 * Reactor Netty's HTTP client from 1.1 on. A call begins and fails where it is subscribed to; its
 * bytes are taken off the codecs of its channel, as they travel.
 */
public final class ReactorNettyInstrumentation implements Instrumentation {
  private static final String CLIENT = "reactor.netty.http.client.";
  private static final String OPERATIONS = CLIENT + "HttpClientOperations";
  private static final String HTTP_1 = "io.netty.handler.codec.http.";
  private static final String HTTP_2 =
      "io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec";
  private static final String ADVICE = "io.sidetrace.instrumentation.reactornetty.";

  @Override
  public String name() {
    return "reactor-netty";
  }

  @Override
  public List<Rule> rules() {
    return List.of(
        advice(CLIENT + "HttpClientConnect", "ConnectAdvice")
            .method("connect")
            .enter("enter")
            .exit("exit"),
        advice(CLIENT + "HttpClientConnect$HttpClientHandler", "OperationsAdvice")
            .method("requestWithBody", OPERATIONS)
            .enter("begin"),
        advice(OPERATIONS, "OperationsAdvice")
            .method("onInboundNext", "io.netty.channel.ChannelHandlerContext", "java.lang.Object")
            .enter("enter")
            .exit("exit"),
        advice(OPERATIONS, "OperationsAdvice").method("onInboundCancel").enter("cancel"),
        advice("reactor.netty.channel.ChannelOperations", "OperationsAdvice")
            .method("onInboundError", "java.lang.Throwable")
            .enter("fail")
            .exit("exit"),
        advice(HTTP_1 + "HttpClientCodec$Encoder", "EncoderAdvice")
            .methods("encode")
            .enter("enter")
            .exit("exit"),
        advice(HTTP_2, "EncoderAdvice").methods("encode").enter("enter").exit("exit"),
        advice(HTTP_1 + "HttpClientCodec$Decoder", "DecoderAdvice")
            .methods("decode")
            .enter("enter")
            .exit("exit"),
        advice(HTTP_2, "DecoderAdvice").methods("decode").enter("enter").exit("exit"),
        advice(HTTP_1 + "HttpObjectDecoder", "DecoderAdvice")
            .methods("decodeLast")
            .enter("enterLast")
            .exit("exitLast"));
  }

  private static Rule advice(String className, String advice) {
    return Rule.in(className).advice(ADVICE + advice);
  }
}
