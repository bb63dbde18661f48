package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.Answer;
import io.sidetrace.instrumentation.testing.BlockingCaller;
import io.sidetrace.instrumentation.testing.coverage.Library;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.util.Arrays;
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
  public String name() {
    return "apache-httpclient-5";
  }

  @Override
  public boolean inflates(String encoding) {
    return Set.of("gzip", "deflate").contains(encoding);
  }

  @Override
  @SuppressWarnings("deprecation") // the user closes the response, not a handler
  protected Prepared prepare(Outgoing outgoing) {
    HttpUriRequestBase request = newRequest(outgoing);
    HttpClientContext context = HttpClientContext.create();
    return new Prepared(() -> answer(request, CLIENT.execute(request, context)), request::cancel);
  }

  private static HttpUriRequestBase newRequest(Outgoing outgoing) {
    HttpUriRequestBase request = new HttpUriRequestBase(outgoing.method(), outgoing.uri());
    outgoing.headers().forEach(request::setHeader);
    if (outgoing.body() != null) {
      ContentType type = ContentType.parse(outgoing.contentType());
      request.setEntity(
          outgoing.content(
              bytes -> new ByteArrayEntity(bytes, type),
              stream -> new InputStreamEntity(stream, type)));
    }
    outgoing.ifTimed(
        limit ->
            request.setConfig(
                RequestConfig.custom()
                    .setResponseTimeout(Timeout.ofMilliseconds(limit.toMillis()))
                    .build()));
    return request;
  }

  private static Incoming answer(HttpUriRequestBase sent, CloseableHttpResponse response) {
    return new Answer(
        response.getCode(),
        name -> value(response.getFirstHeader(name)),
        () -> sent + Arrays.toString(sent.getHeaders()) + sent.getEntity().getClass(),
        () -> body(sent, response),
        sent::cancel);
  }

  static String value(Header header) {
    return header == null ? null : header.getValue();
  }

  /** As who wants no more does: only closed, it reads on to its end. */
  private static InputStream body(HttpUriRequestBase sent, CloseableHttpResponse response)
      throws IOException {
    HttpEntity entity = response.getEntity();
    return entity == null
        ? null
        : new FilterInputStream(entity.getContent()) {
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
}
