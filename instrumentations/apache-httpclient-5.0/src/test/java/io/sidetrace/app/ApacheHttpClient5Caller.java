package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.BlockingCaller;
import io.sidetrace.instrumentation.testing.coverage.Library;
import io.sidetrace.instrumentation.testing.coverage.Limit;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.util.Timeout;

/** The classic Apache HttpClient 5 as its users call it. */
final class ApacheHttpClient5Caller extends BlockingCaller {
  static final CloseableHttpClient CLIENT =
      HttpClients.custom()
          .setConnectionManager(
              PoolingHttpClientConnectionManagerBuilder.create()
                  .setMaxConnPerRoute(50)
                  .setMaxConnTotal(50)
                  .build())
          .build();

  @Override
  public Library library() {
    return Library.of("Apache HttpClient 5, classic", CloseableHttpClient.class);
  }

  @Override
  public Map<Limit, String> limits() {
    Map<Limit, String> limits = new EnumMap<>(super.limits());
    limits.put(Limit.NO_HTTP_2, "it speaks HTTP/1.1 only.");
    return limits;
  }

  @Override
  public String name() {
    return "apache-httpclient-5";
  }

  @Override
  public boolean inflates(String encoding) {
    return Set.of("gzip", "deflate").contains(encoding);
  }

  @Override
  protected Prepared prepare(Outgoing outgoing) {
    HttpUriRequestBase request = newRequest(outgoing);
    HttpClientContext context = HttpClientContext.create();
    return new Prepared() {
      @Override
      @SuppressWarnings("deprecation") // the user closes the response, not a handler
      public Incoming send() throws IOException {
        return new Answer(request, context, CLIENT.execute(request, context));
      }

      @Override
      public void cancel() {
        request.cancel();
      }
    };
  }

  private static HttpUriRequestBase newRequest(Outgoing outgoing) {
    HttpUriRequestBase request = new HttpUriRequestBase(outgoing.method(), outgoing.uri());
    outgoing.headers().forEach(request::setHeader);
    if (outgoing.body() != null) {
      request.setEntity(entity(outgoing));
    }
    if (outgoing.timeout() != null) {
      request.setConfig(
          RequestConfig.custom()
              .setResponseTimeout(Timeout.ofMilliseconds(outgoing.timeout().toMillis()))
              .build());
    }
    return request;
  }

  private static HttpEntity entity(Outgoing outgoing) {
    ContentType type = ContentType.parse(outgoing.headers().get("Content-Type"));
    return outgoing.oneShot()
        ? new InputStreamEntity(new ByteArrayInputStream(outgoing.body()), type)
        : new ByteArrayEntity(outgoing.body(), type);
  }

  private record Answer(
      HttpUriRequestBase sent, HttpClientContext context, CloseableHttpResponse response)
      implements Incoming {

    @Override
    public int status() {
      return response.getCode();
    }

    @Override
    public String header(String name) {
      Header header = response.getFirstHeader(name);
      return header == null ? null : header.getValue();
    }

    @Override
    public String request() {
      return sent + Arrays.toString(sent.getHeaders()) + sent.getEntity().getClass();
    }

    @Override
    public InputStream body() {
      try {
        HttpEntity entity = response.getEntity();
        return entity == null ? InputStream.nullInputStream() : content(entity);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** As who wants no more does: only closed, it reads on to its end. */
    private InputStream content(HttpEntity entity) throws IOException {
      return new FilterInputStream(entity.getContent()) {
        @Override
        public void close() throws IOException {
          sent.cancel();
          try {
            response.close();
          } catch (SocketException closedByCancel) {
            // as it has to be
          }
        }
      };
    }

    @Override
    public void cancel() {
      sent.cancel();
    }
  }
}
