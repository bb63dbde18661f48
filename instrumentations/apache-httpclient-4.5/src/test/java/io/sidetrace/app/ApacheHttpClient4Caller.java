package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.Answer;
import io.sidetrace.instrumentation.testing.BlockingCaller;
import io.sidetrace.instrumentation.testing.coverage.Library;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Set;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
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
    return new Prepared(() -> answer(request, CLIENT.execute(request)), request::abort);
  }

  private static HttpPost newRequest(Outgoing outgoing) {
    HttpPost request = new HttpPost(outgoing.uri());
    outgoing.headers().forEach(request::setHeader);
    AbstractHttpEntity entity = outgoing.content(ByteArrayEntity::new, InputStreamEntity::new);
    entity.setContentType(outgoing.contentType());
    request.setEntity(entity);
    outgoing.ifTimed(
        limit ->
            request.setConfig(
                RequestConfig.custom().setSocketTimeout((int) limit.toMillis()).build()));
    return request;
  }

  private static Incoming answer(HttpPost sent, CloseableHttpResponse response) {
    return new Answer(
        response.getStatusLine().getStatusCode(),
        name -> value(response.getFirstHeader(name)),
        () -> sent + Arrays.toString(sent.getAllHeaders()) + sent.getEntity().getClass(),
        () -> body(response),
        sent::abort);
  }

  private static String value(Header header) {
    return header == null ? null : header.getValue();
  }

  /** Closes the response, since a closed stream reads on to its end. */
  private static InputStream body(CloseableHttpResponse response) throws IOException {
    HttpEntity entity = response.getEntity();
    return entity == null
        ? null
        : new FilterInputStream(entity.getContent()) {
          @Override
          public void close() throws IOException {
            response.close();
          }
        };
  }
}
