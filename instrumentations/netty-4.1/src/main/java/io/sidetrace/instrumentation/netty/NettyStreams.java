package io.sidetrace.instrumentation.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.AttributeKey;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one HTTP/2 connection by their streams; an attribute of the connection's channel.
 * Where each stream has a channel of its own, that has its call as an attribute too. On the
 * connection's event loop.
 */
final class NettyStreams {
  private static final AttributeKey<NettyStreams> KEY =
      AttributeKey.valueOf("io.sidetrace.server.streams");
  private static final AttributeKey<NettyCall> OF_CHANNEL =
      AttributeKey.valueOf("io.sidetrace.server.stream");

  /** gRPC's own, whose calls are roots by its own instrumentation. */
  private static final String GRPC = "io.grpc.netty.";

  /** The stream of a request that asked in HTTP/1.1 to be answered in HTTP/2. RFC 7540, 3.2. */
  private static final int UPGRADED = 1;

  private final IntObjectMap<NettyCall> calls = new IntObjectHashMap<>();
  private int newest;

  static @Nullable NettyStreams of(Channel channel) {
    return channel.hasAttr(KEY) ? channel.attr(KEY).get() : null;
  }

  private static NettyStreams open(Channel channel) {
    var opened = new NettyStreams();
    channel.attr(KEY).set(opened);
    channel.closeFuture().addListener(closed -> opened.closed());
    return opened;
  }

  /** Answers of HTTP/1.1 end here. */
  static void upgraded(Channel channel, NettyCall call) {
    NettyStreams streams = open(channel);
    streams.newest = UPGRADED;
    streams.calls.put(UPGRADED, call);
  }

  /**
   * A head or trailers.
   *
   * @return the call whose thread this is from now on; null if this is no server's connection
   */
  static @Nullable NettyCall headersRead(
      ChannelHandlerContext context, int stream, Http2Headers headers) {
    NettyStreams streams = of(context.channel());
    if (streams == null) {
      if (!isServer(context)) {
        return null;
      }
      streams = open(context.channel());
    }
    if (stream > streams.newest) {
      streams.newest = stream;
      streams.begin(stream, headers);
    }
    return streams.entered(stream);
  }

  private static boolean isServer(ChannelHandlerContext context) {
    return context.handler() instanceof Http2ConnectionHandler handler
        && handler.connection().isServer()
        && !handler.getClass().getName().startsWith(GRPC);
  }

  private void begin(int stream, Http2Headers headers) {
    CharSequence method = headers.method();
    CharSequence path = headers.path();
    if (method != null && path != null && !method.toString().equals("CONNECT")) {
      calls.put(
          stream,
          NettyCall.begin(method.toString(), path.toString(), name -> header(headers, name)));
    }
  }

  @Nullable NettyCall dataRead(int stream, ByteBuf bytes) {
    NettyCall call = calls.get(stream);
    if (call != null) {
      call.read(bytes);
    }
    return entered(stream);
  }

  private @Nullable NettyCall entered(int stream) {
    NettyCall call = calls.get(stream);
    return call != null && call.enter() ? call : null;
  }

  /** A frame passes through a stream's own channel, maybe long after the connection read it. */
  static @Nullable NettyCall received(Http2StreamChannel channel) {
    NettyCall call = ofChannel(channel);
    if (call == null) {
      NettyStreams streams = of(channel.parent());
      call = streams == null ? null : streams.calls.get(channel.stream().id());
      if (call != null) {
        channel.attr(OF_CHANNEL).set(call);
      }
    }
    return call != null && call.enter() ? call : null;
  }

  /** On any thread. */
  static @Nullable NettyCall ofChannel(Channel channel) {
    return channel.hasAttr(OF_CHANNEL) ? channel.attr(OF_CHANNEL).get() : null;
  }

  void headersWritten(int stream, Http2Headers headers, boolean end) {
    NettyCall call = calls.get(stream);
    CharSequence status = headers.status();
    if (call == null || (status != null && status.charAt(0) == '1')) {
      return;
    }
    if (status != null) { // no trailers
      call.head(
          Integer.parseInt(status.toString()),
          header(headers, "content-type"),
          header(headers, "content-encoding"),
          headers.getLong("content-length", -1));
    }
    if (end) {
      over(stream);
    }
  }

  void dataWritten(int stream, ByteBuf bytes, boolean end) {
    NettyCall call = calls.get(stream);
    if (call != null) {
      call.sent(bytes);
      if (end) {
        over(stream);
      }
    }
  }

  private void over(int stream) {
    NettyCall call = calls.remove(stream);
    if (call != null) {
      call.over();
    }
  }

  /** The client wants no more of the answer. */
  void resetRead(int stream, long error) {
    NettyCall call = calls.remove(stream);
    if (call != null) {
      call.clientGone(new IOException("the client reset the stream: error ".concat(hex(error))));
    }
  }

  /** The server gives the answer up, unless it was complete. */
  void resetWritten(int stream, long error) {
    NettyCall call = calls.remove(stream);
    if (call != null) {
      call.failed(new IOException("the server reset the stream: error ".concat(hex(error))));
      call.over();
    }
  }

  private void closed() {
    for (NettyCall call : calls.values()) {
      call.clientGone(new ClosedChannelException());
    }
    calls.clear();
  }

  /** As RFC 9113, 7, lists them. */
  private static String hex(long error) {
    return "0x".concat(Long.toHexString(error));
  }

  private static @Nullable String header(Http2Headers headers, String name) {
    CharSequence value = headers.get(name.toLowerCase(Locale.ROOT));
    return value == null ? null : value.toString();
  }
}
