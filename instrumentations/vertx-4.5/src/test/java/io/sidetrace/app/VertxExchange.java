package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.ServedExchange;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/** One request, whose answer is written piece by piece, each awaited. */
final class VertxExchange implements ServedExchange {
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final byte[] body;
  private volatile boolean later;

  VertxExchange(RoutingContext routing, Buffer body) {
    this.request = routing.request();
    this.response = routing.response();
    this.body = body.getBytes();
  }

  @Override
  public String path() {
    return request.path();
  }

  @Override
  public String header(String name) {
    return request.getHeader(name);
  }

  @Override
  public InputStream requestBody() {
    return new ByteArrayInputStream(body);
  }

  @Override
  public OutputStream respond(int status, Map<String, String> headers, long length) {
    response.setStatusCode(status);
    headers.forEach(response::putHeader);
    if (length < 0) {
      response.setChunked(true);
    } else if (status != 204) {
      response.putHeader("Content-Length", String.valueOf(length));
    }
    boolean head = request.method().equals(HttpMethod.HEAD);
    return new OutputStream() {
      @Override
      public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int count) throws IOException {
        if (!head) {
          VertxServer.await(response.write(Buffer.buffer().appendBytes(bytes, offset, count)));
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
            VertxServer.await(response.end());
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        };
    new Thread(run).start();
  }

  /** The application has returned. */
  void handled() throws IOException {
    if (!later) {
      VertxServer.await(response.end());
    }
  }
}
