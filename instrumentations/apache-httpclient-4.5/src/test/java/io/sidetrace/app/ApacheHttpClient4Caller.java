package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.BlockingCaller;
import io.sidetrace.instrumentation.testing.coverage.Library;
import io.sidetrace.instrumentation.testing.coverage.Limit;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpEntityEnclosingRequestBase;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.entity.AbstractHttpEntity;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.entity.InputStreamEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;

/** Apache HttpClient 4 as its users call it. */
final class ApacheHttpClient4Caller extends BlockingCaller {
  static final CloseableHttpClient CLIENT =
      HttpClients.custom().setMaxConnPerRoute(50).setMaxConnTotal(50).build();

  @Override
  public Library library() {
    return Library.of("Apache HttpClient 4", CloseableHttpClient.class);
  }

  @Override
  public Map<Limit, String> limits() {
    Map<Limit, String> limits = new EnumMap<>(super.limits());
    limits.put(Limit.NO_HTTP_2, "it speaks HTTP/1.1 only.");
    return limits;
  }

  @Override
  public String name() {
    return "apache-httpclient-4";
  }

  @Override
  public boolean inflates(String encoding) {
    return Set.of("gzip", "deflate").contains(encoding);
  }

  @Override
  protected Prepared prepare(Outgoing outgoing) {
    HttpPost request = newRequest(outgoing);
    return new Prepared() {
      @Override
      public Incoming send() throws IOException {
        return new Answer(request, CLIENT.execute(request));
      }

      @Override
      public void cancel() {
        request.abort();
      }
    };
  }

  private static HttpPost newRequest(Outgoing outgoing) {
    HttpPost request = new HttpPost(outgoing.uri());
    outgoing.headers().forEach(request::setHeader);
    AbstractHttpEntity entity =
        outgoing.oneShot()
            ? new InputStreamEntity(new ByteArrayInputStream(outgoing.body()))
            : new ByteArrayEntity(outgoing.body());
    entity.setContentType(outgoing.headers().get("Content-Type"));
    request.setEntity(entity);
    if (outgoing.timeout() != null) {
      request.setConfig(
          RequestConfig.custom().setSocketTimeout((int) outgoing.timeout().toMillis()).build());
    }
    return request;
  }

  private record Answer(HttpEntityEnclosingRequestBase sent, CloseableHttpResponse response)
      implements Incoming {

    @Override
    public int status() {
      return response.getStatusLine().getStatusCode();
    }

    @Override
    public String header(String name) {
      Header header = response.getFirstHeader(name);
      return header == null ? null : header.getValue();
    }

    @Override
    public String request() {
      return sent + Arrays.toString(sent.getAllHeaders()) + sent.getEntity().getClass();
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

    /** Closes the response, since a closed stream reads on to its end. */
    private InputStream content(HttpEntity entity) throws IOException {
      return new FilterInputStream(entity.getContent()) {
        @Override
        public void close() throws IOException {
          response.close();
        }
      };
    }

    @Override
    public void cancel() {
      sent.abort();
    }
  }
}
