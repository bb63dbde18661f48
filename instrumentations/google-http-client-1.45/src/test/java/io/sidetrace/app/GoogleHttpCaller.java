package io.sidetrace.app;

import com.google.api.client.http.AbstractInputStreamContent;
import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestFactory;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.InputStreamContent;
import com.google.api.client.http.javanet.NetHttpTransport;
import io.sidetrace.instrumentation.testing.BlockingCaller;
import io.sidetrace.instrumentation.testing.coverage.Library;
import io.sidetrace.instrumentation.testing.coverage.Limit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Google's HTTP client as its users call it, over the transport that it brings. */
final class GoogleHttpCaller extends BlockingCaller {
  private static final HttpRequestFactory CLIENT = new NetHttpTransport().createRequestFactory();

  @Override
  public Library library() {
    return Library.of("google-http-client", HttpRequest.class);
  }

  @Override
  public Map<Limit, String> limits() {
    Map<Limit, String> limits = new EnumMap<>(super.limits());
    limits.put(Limit.NO_HTTP_2, "it speaks HTTP/1.1 only.");
    limits.put(
        Limit.CANCEL_WAITS,
        "nothing stops a call that has no answer yet, and leaving an answer waits for who reads it.");
    return limits;
  }

  @Override
  public String name() {
    return "google-http-client";
  }

  @Override
  public boolean inflates(String encoding) {
    return encoding.equals("gzip");
  }

  @Override
  protected Prepared prepare(Outgoing outgoing) throws IOException {
    HttpRequest request = newRequest(outgoing);
    return new Prepared() {
      @Override
      public Incoming send() throws IOException {
        return new Answer(request.execute());
      }

      @Override
      public void cancel() {} // there is no way
    };
  }

  private static HttpRequest newRequest(Outgoing outgoing) throws IOException {
    HttpRequest request =
        CLIENT.buildRequest(outgoing.method(), new GenericUrl(outgoing.uri()), content(outgoing));
    HttpHeaders headers = request.getHeaders();
    outgoing.headers().forEach((name, value) -> headers.set(name, List.of(value)));
    headers.setContentType(null); // the content says it
    request.setThrowExceptionOnExecuteError(false);
    if (outgoing.timeout() != null) {
      request.setReadTimeout((int) outgoing.timeout().toMillis());
    }
    return request;
  }

  private static AbstractInputStreamContent content(Outgoing outgoing) {
    String type = outgoing.headers().get("Content-Type");
    return outgoing.oneShot()
        ? new InputStreamContent(type, new ByteArrayInputStream(outgoing.body()))
        : new ByteArrayContent(type, outgoing.body());
  }

  private record Answer(HttpResponse response) implements Incoming {

    @Override
    public int status() {
      return response.getStatusCode();
    }

    @Override
    public String header(String name) {
      return response.getHeaders().getFirstHeaderStringValue(name);
    }

    @Override
    public String request() {
      HttpRequest request = response.getRequest();
      return request.getRequestMethod()
          + request.getUrl()
          + request.getHeaders()
          + request.getContent().getClass();
    }

    @Override
    public InputStream body() {
      try {
        InputStream body = response.getContent();
        return body == null ? InputStream.nullInputStream() : body;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void cancel() throws IOException {
      response.disconnect();
    }
  }
}
