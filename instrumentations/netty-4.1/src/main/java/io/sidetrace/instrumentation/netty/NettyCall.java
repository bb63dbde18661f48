package io.sidetrace.instrumentation.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.sidetrace.agent.api.HeaderLookup;
import io.sidetrace.agent.api.ServerCall;
import io.sidetrace.agent.api.ServerFailures;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The server call of one request; without one for a request that is not recorded. */
public final class NettyCall {
  private final @Nullable ServerCall call;
  private int status;

  private NettyCall(@Nullable ServerCall call) {
    this.call = call;
  }

  static NettyCall begin(HttpRequest request) {
    return begin(request.method().name(), target(request.uri()), request.headers()::get);
  }

  static NettyCall begin(String method, String target, HeaderLookup headers) {
    return new NettyCall(ServerCall.begin(method, target, headers));
  }

  boolean enter() {
    return call != null && call.enter();
  }

  void leave() {
    if (call != null) {
      call.leave();
    }
  }

  void read(ByteBuf bytes) {
    if (call != null) {
      for (ByteBuffer part : parts(bytes)) {
        call.requestBytes(part);
      }
    }
  }

  /** A head, content or both, of HTTP/1.1. */
  void sent(Object message) {
    if (call == null) {
      return;
    }
    if (message instanceof HttpResponse response) {
      HttpHeaders headers = response.headers();
      head(
          response.status().code(),
          headers.get(HttpHeaderNames.CONTENT_TYPE),
          headers.get(HttpHeaderNames.CONTENT_ENCODING),
          HttpUtil.getContentLength(response, -1L));
    }
    if (message instanceof ByteBufHolder holder) {
      sent(holder.content());
    } else if (message instanceof ByteBuf bytes) {
      sent(bytes);
    }
  }

  void head(
      int answered,
      @Nullable String contentType,
      @Nullable String contentEncoding,
      long contentLength) {
    status = answered;
    if (call != null) {
      call.responseHead(contentType, contentEncoding, contentLength);
    }
  }

  void sent(ByteBuf bytes) {
    if (call != null) {
      for (ByteBuffer part : parts(bytes)) {
        call.responseBytes(part);
      }
    }
  }

  void over() {
    if (call != null) {
      call.over(status, null);
    }
  }

  void failed(Throwable thrown) {
    if (call == null) {
      return;
    }
    if (ServerFailures.ofClient(thrown)) {
      call.clientGone(thrown);
    } else {
      call.error(thrown);
    }
  }

  void clientGone(Throwable thrown) {
    if (call != null) {
      call.clientGone(thrown);
      call.over(status, null);
    }
  }

  private static ByteBuffer[] parts(ByteBuf bytes) {
    if (!bytes.isReadable()) {
      return new ByteBuffer[0];
    }
    return bytes.nioBufferCount() == 1 ? new ByteBuffer[] {bytes.nioBuffer()} : bytes.nioBuffers();
  }

  /** Path and query; a proxy's request may name the host before. */
  private static String target(String uri) {
    int scheme = uri.indexOf("://");
    int slash = uri.startsWith("/") || scheme < 0 ? 0 : uri.indexOf('/', scheme + 3);
    return slash < 0 ? "/" : uri.substring(slash);
  }
}
