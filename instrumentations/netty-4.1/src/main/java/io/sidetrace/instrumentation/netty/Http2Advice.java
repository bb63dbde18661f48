package io.sidetrace.instrumentation.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Headers;
import org.jspecify.annotations.Nullable;

/** What runs where frames of HTTP/2 are read and written, of clients as well. */
public final class Http2Advice {

  private Http2Advice() {}

  public static @Nullable NettyCall enterHeadersRead(
      Object listener, ChannelHandlerContext context, int stream, Http2Headers headers) {
    return NettyStreams.headersRead(context, stream, headers);
  }

  public static @Nullable NettyCall enterDataRead(
      Object listener, ChannelHandlerContext context, int stream, ByteBuf bytes) {
    NettyStreams streams = NettyStreams.of(context.channel());
    return streams == null ? null : streams.dataRead(stream, bytes);
  }

  public static void exitHeadersRead(@Nullable NettyCall call, @Nullable Throwable thrown) {
    if (call != null) {
      call.leave();
    }
  }

  public static void exitDataRead(
      @Nullable NettyCall call, int processed, @Nullable Throwable thrown) {
    if (call != null) {
      call.leave();
    }
  }

  public static void enterResetRead(
      Object listener, ChannelHandlerContext context, int stream, long error) {
    NettyStreams streams = NettyStreams.of(context.channel());
    if (streams != null) {
      streams.resetRead(stream, error);
    }
  }

  public static void enterHeadersWrite(
      Object encoder,
      ChannelHandlerContext context,
      int stream,
      Http2Headers headers,
      int padding,
      boolean end) {
    NettyStreams streams = NettyStreams.of(context.channel());
    if (streams != null) {
      streams.headersWritten(stream, headers, end);
    }
  }

  public static void enterPrioritizedHeadersWrite(
      Object encoder,
      ChannelHandlerContext context,
      int stream,
      Http2Headers headers,
      int dependency,
      short weight,
      boolean exclusive,
      int padding,
      boolean end) {
    enterHeadersWrite(encoder, context, stream, headers, padding, end);
  }

  public static void enterDataWrite(
      Object encoder,
      ChannelHandlerContext context,
      int stream,
      ByteBuf bytes,
      int padding,
      boolean end) {
    NettyStreams streams = NettyStreams.of(context.channel());
    if (streams != null) {
      streams.dataWritten(stream, bytes, end);
    }
  }

  public static void enterResetWrite(
      Object handler, ChannelHandlerContext context, int stream, long error) {
    NettyStreams streams = NettyStreams.of(context.channel());
    if (streams != null) {
      streams.resetWritten(stream, error);
    }
  }
}
