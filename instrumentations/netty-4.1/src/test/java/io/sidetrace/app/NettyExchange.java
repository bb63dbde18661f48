package io.sidetrace.app;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.sidetrace.instrumentation.testing.ServedExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/** One request, whose answer is written piece by piece, each awaited. */
@SuppressWarnings("FutureReturnValueIgnored") // what closes need not be awaited
final class NettyExchange implements ServedExchange {
  private final ChannelHandlerContext context;
  private final Runnable finished;
  private final String path;
  private final HttpHeaders headers;
  private final byte[] body;
  private final boolean head;
  private volatile boolean begun;
  private volatile boolean later;

  NettyExchange(ChannelHandlerContext context, FullHttpRequest request, Runnable finished) {
    this.context = context;
    this.finished = finished;
    this.path = new QueryStringDecoder(request.uri()).rawPath();
    this.headers = request.headers();
    this.body = ByteBufUtil.getBytes(request.content());
    this.head = request.method().equals(HttpMethod.HEAD);
  }

  boolean hasBegun() {
    return begun;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public String header(String name) {
    return headers.get(name);
  }

  @Override
  public InputStream requestBody() {
    return new ByteArrayInputStream(body);
  }

  @Override
  public OutputStream respond(int status, Map<String, String> given, long length)
      throws IOException {
    HttpResponse response =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
    given.forEach(response.headers()::set);
    if (length < 0) {
      HttpUtil.setTransferEncodingChunked(response, true);
    } else if (status != 204) {
      HttpUtil.setContentLength(response, length);
    }
    begun = true;
    send(response);
    return new OutputStream() {
      @Override
      public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int count) throws IOException {
        if (!head) { // only the codec of HTTP/1.1 would leave it out
          send(new DefaultHttpContent(Unpooled.copiedBuffer(bytes, offset, count)));
        }
      }
    };
  }

  @Override
  public void later(Work work) {
    later = true;
    Runnable run =
        () -> {
          try {
            work.run();
            finish();
          } catch (Exception e) {
            context.close();
          }
        };
    new Thread(run).start();
  }

  /** The application has returned. */
  void handled() throws IOException {
    if (!later) {
      finish();
    }
  }

  private void finish() throws IOException {
    send(new DefaultLastHttpContent());
    finished.run();
  }

  private void send(Object message) throws IOException {
    try {
      context.writeAndFlush(message).sync();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
