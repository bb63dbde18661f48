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
import io.sidetrace.instrumentation.testing.Answer;
import io.sidetrace.instrumentation.testing.BlockingCaller;
import io.sidetrace.instrumentation.testing.coverage.Library;
import io.sidetrace.instrumentation.testing.coverage.Limit;
import java.io.IOException;
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
    return new Prepared(() -> answer(request.execute()), () -> {}); // there is no way to cancel
  }

  private static HttpRequest newRequest(Outgoing outgoing) throws IOException {
    String type = outgoing.contentType();
    AbstractInputStreamContent content =
        outgoing.content(
            bytes -> new ByteArrayContent(type, bytes),
            stream -> new InputStreamContent(type, stream));
    HttpRequest request =
        CLIENT.buildRequest(outgoing.method(), new GenericUrl(outgoing.uri()), content);
    HttpHeaders headers = request.getHeaders();
    outgoing.headers().forEach((name, value) -> headers.set(name, List.of(value)));
    headers.setContentType(null); // the content says it
    request.setThrowExceptionOnExecuteError(false);
    outgoing.ifTimed(limit -> request.setReadTimeout((int) limit.toMillis()));
    return request;
  }

  private static Incoming answer(HttpResponse response) {
    return new Answer(
        response.getStatusCode(),
        name -> response.getHeaders().getFirstHeaderStringValue(name),
        () -> told(response.getRequest()),
        response::getContent,
        response::disconnect);
  }

  private static String told(HttpRequest request) {
    return request.getRequestMethod()
        + request.getUrl()
        + request.getHeaders()
        + request.getContent().getClass();
  }
}
