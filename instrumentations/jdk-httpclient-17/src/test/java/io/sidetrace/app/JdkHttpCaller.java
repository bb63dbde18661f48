package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.Caller;
import io.sidetrace.instrumentation.testing.coverage.Library;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** {@code java.net.http} as its users call it. */
final class JdkHttpCaller implements Caller {
  static final HttpClient CLIENT = HttpClient.newBuilder().followRedirects(Redirect.NORMAL).build();

  @Override
  public Library library() {
    return Library.of("java.net.http", HttpClient.class);
  }

  @Override
  public String name() {
    return "java.net.http";
  }

  @Override
  public boolean inflates(String encoding) {
    return false;
  }

  @Override
  public Incoming call(Outgoing request) throws IOException, InterruptedException {
    return new Answer(CLIENT.send(newRequest(request), BodyHandlers.ofInputStream()));
  }

  @Override
  public CompletableFuture<Incoming> callAsync(Outgoing request) {
    return CLIENT
        .sendAsync(newRequest(request), BodyHandlers.ofInputStream())
        .thenApply(Answer::new);
  }

  /** The body as its publisher gives it: what depends on the future is tested by itself. */
  @Override
  public void listen(Outgoing request, Listener listener) {
    var unused =
        CLIENT
            .sendAsync(newRequest(request), BodyHandlers.ofPublisher())
            .whenComplete(
                (response, failure) -> {
                  if (failure == null) {
                    response.body().subscribe(new Telling(listener));
                  } else {
                    listener.onEnd(failure);
                  }
                });
  }

  private record Telling(Listener listener) implements Flow.Subscriber<List<ByteBuffer>> {

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      listener.onChunk();
    }

    @Override
    public void onError(Throwable failure) {
      listener.onEnd(failure);
    }

    @Override
    public void onComplete() {
      listener.onEnd(null);
    }
  }

  static HttpRequest newRequest(Outgoing outgoing) {
    HttpRequest.Builder request = HttpRequest.newBuilder(outgoing.uri());
    outgoing.headers().forEach(request::header);
    request.version(outgoing.http2() ? Version.HTTP_2 : Version.HTTP_1_1);
    if (outgoing.timeout() != null) {
      request.timeout(outgoing.timeout());
    }
    byte[] body = outgoing.body();
    return request
        .method(
            outgoing.method(),
            body == null
                ? BodyPublishers.noBody()
                : outgoing.oneShot()
                    ? BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))
                    : BodyPublishers.ofByteArray(body))
        .build();
  }

  private record Answer(HttpResponse<InputStream> response) implements Incoming {

    @Override
    public int status() {
      return response.statusCode();
    }

    @Override
    public String header(String name) {
      return response.headers().firstValue(name).orElse(null);
    }

    @Override
    public String request() {
      HttpRequest request = response.request();
      return request
          + " "
          + request.headers()
          + request.timeout()
          + request.version()
          + request.expectContinue()
          + request.bodyPublisher().map(body -> body.getClass() + " " + body.contentLength());
    }

    @Override
    public InputStream body() {
      return response.body();
    }

    @Override
    public void cancel() throws IOException {
      response.body().close();
    }
  }
}
