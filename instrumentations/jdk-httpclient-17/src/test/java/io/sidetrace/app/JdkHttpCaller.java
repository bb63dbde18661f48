package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.Answer;
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
  public Incoming call(Outgoing request) throws IOException, InterruptedException {
    return answer(CLIENT.send(newRequest(request), BodyHandlers.ofInputStream()));
  }

  @Override
  public CompletableFuture<Incoming> callAsync(Outgoing request) {
    return CLIENT
        .sendAsync(newRequest(request), BodyHandlers.ofInputStream())
        .thenApply(JdkHttpCaller::answer);
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
    outgoing.ifTimed(request::timeout);
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

  private static Incoming answer(HttpResponse<InputStream> response) {
    return new Answer(
        response.statusCode(),
        name -> response.headers().firstValue(name).orElse(null),
        () -> told(response.request()),
        response::body,
        () -> response.body().close());
  }

  private static String told(HttpRequest request) {
    return request
        + " "
        + request.headers()
        + request.timeout()
        + request.version()
        + request.expectContinue()
        + request.bodyPublisher().map(body -> body.getClass() + " " + body.contentLength());
  }
}
