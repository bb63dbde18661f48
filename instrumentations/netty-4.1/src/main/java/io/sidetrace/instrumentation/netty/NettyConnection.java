package io.sidetrace.instrumentation.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.netty.util.AttributeKey;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one connection that wait for their answers, which come in the same order; an
 * attribute of the channel. On the connection's event loop, but for {@link #failed}.
 */
final class NettyConnection {
  private static final AttributeKey<NettyConnection> KEY =
      AttributeKey.valueOf("io.sidetrace.server");

  private static final int SWITCHING_PROTOCOLS = 101;
  private static final AsciiString HTTP_2 = AsciiString.cached("h2c");

  private final ArrayDeque<NettyCall> waiting = new ArrayDeque<>();
  private volatile @Nullable NettyCall answered;
  private @Nullable NettyCall read;

  static @Nullable NettyConnection of(Channel channel) {
    return channel.hasAttr(KEY) ? channel.attr(KEY).get() : null;
  }

  /** Whether the handler is what reads a server's requests. */
  static boolean isCodec(@Nullable ChannelHandler handler) {
    return handler instanceof HttpServerCodec || handler instanceof HttpRequestDecoder;
  }

  /**
   * A codec passes a message on.
   *
   * @return the call whose thread this is from now on; null if there is none
   */
  static @Nullable NettyCall received(Channel channel, Object message) {
    boolean begins = message instanceof HttpRequest;
    if (!begins && !(message instanceof HttpContent)) {
      return null;
    }
    NettyConnection connection = of(channel);
    if (connection == null) {
      if (!begins) {
        return null;
      }
      connection = open(channel);
    }
    return connection.received(message);
  }

  private static NettyConnection open(Channel channel) {
    var opened = new NettyConnection();
    channel.attr(KEY).set(opened);
    channel.closeFuture().addListener(closed -> opened.closed());
    return opened;
  }

  private @Nullable NettyCall received(Object message) {
    if (message instanceof HttpRequest request) {
      read = NettyCall.begin(request);
      waiting.add(read);
      answered = waiting.peek();
    }
    NettyCall call = read;
    if (call == null) {
      return null;
    }
    if (message instanceof HttpContent content) {
      call.read(content.content());
    }
    return call.enter() ? call : null;
  }

  /** What a handler answers, as the codec gets it. */
  void sent(Object message) {
    NettyCall call = answered;
    if (call == null || isInformation(message)) {
      return;
    }
    call.sent(message);
    if (message instanceof LastHttpContent) {
      next();
      call.over();
    }
  }

  /**
   * The request that waits will be answered in HTTP/2.
   *
   * @param message what a handler answers
   */
  @Nullable NettyCall upgradedBy(Object message) {
    NettyCall call = answered;
    if (call == null
        || !(message instanceof HttpResponse response)
        || response.status().code() != SWITCHING_PROTOCOLS
        || !HTTP_2.contentEqualsIgnoreCase(response.headers().get(HttpHeaderNames.UPGRADE))) {
      return null;
    }
    next();
    return call;
  }

  private void next() {
    waiting.poll();
    answered = waiting.peek();
  }

  /** An exception travels through the pipeline. */
  void failed(Throwable thrown) {
    NettyCall call = answered;
    if (call != null) {
      call.failed(thrown);
    }
  }

  private void closed() {
    NettyCall call;
    while ((call = waiting.poll()) != null) {
      call.clientGone(new ClosedChannelException());
    }
    answered = null;
  }

  /** {@code 100 Continue} is not the answer, {@code 101 Switching Protocols} is. */
  private static boolean isInformation(Object message) {
    return message instanceof HttpResponse response
        && response.status().codeClass() == HttpStatusClass.INFORMATIONAL
        && response.status().code() != SWITCHING_PROTOCOLS;
  }
}
