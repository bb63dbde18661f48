package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.Answer;
import io.sidetrace.instrumentation.testing.AsyncCaller;
import io.sidetrace.instrumentation.testing.Pending;
import io.sidetrace.instrumentation.testing.PushedStream;
import io.sidetrace.instrumentation.testing.coverage.Library;
import io.sidetrace.instrumentation.testing.coverage.Limit;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** Vert.x's client as its users call it. */
final class VertxClientCaller implements AsyncCaller {
  private static final Vertx VERTX = Vertx.vertx();
  private static final HttpClient CLIENT = newClient(new HttpClientOptions());
  private static final HttpClient HTTP_2 =
      newClient(
          new HttpClientOptions()
              .setProtocolVersion(HttpVersion.HTTP_2)
              .setHttp2ClearTextUpgrade(false));

  /** Vert.x 5 returns another type. */
  private static HttpClient newClient(HttpClientOptions options) {
    try {
      return (HttpClient)
          Vertx.class
              .getMethod("createHttpClient", HttpClientOptions.class, PoolOptions.class)
              .invoke(VERTX, options, new PoolOptions().setHttp1MaxSize(50));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Library library() {
    return Library.of("Vert.x HttpClient", HttpClient.class);
  }

  @Override
  public Map<Limit, String> limits() {
    return Map.of(
        Limit.CALLBACKS_MUST_NOT_WAIT,
        "it calls back on the event loop that brings the body.",
        Limit.MAY_LOSE_CONTEXT,
        "a future that is complete before it is listened to goes on without the caller's context,"
            + " if the caller was no thread of Vert.x.");
  }

  @Override
  public String name() {
    return "vertx-client";
  }

  @Override
  public CompletableFuture<Incoming> callAsync(Outgoing outgoing) {
    AtomicReference<HttpClientRequest> sent = new AtomicReference<>();
    Pending pending = new Pending(() -> reset(sent.get()));
    var unused =
        request(outgoing)
            .compose(
                request -> {
                  sent.set(request);
                  return send(request, outgoing).map(response -> answer(request, response));
                })
            .onComplete(
                answer -> {
                  if (answer.succeeded()) {
                    pending.complete(answer.result());
                  } else {
                    pending.completeExceptionally(answer.cause());
                  }
                });
    return pending;
  }

  @Override
  public void listen(Outgoing outgoing, Listener listener) {
    var unused =
        request(outgoing)
            .compose(request -> send(request, outgoing))
            .onComplete(
                answer -> {
                  if (answer.failed()) {
                    listener.onEnd(answer.cause());
                    return;
                  }
                  answer
                      .result()
                      .exceptionHandler(listener::onEnd)
                      .handler(bytes -> listener.onChunk())
                      .endHandler(none -> listener.onEnd(null));
                });
  }

  private static Future<HttpClientRequest> request(Outgoing outgoing) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.valueOf(outgoing.method()))
            .setAbsoluteURI(outgoing.uri().toString());
    outgoing.headers().forEach(options::putHeader);
    outgoing.ifTimed(limit -> options.setIdleTimeout(limit.toMillis()));
    return (outgoing.http2() ? HTTP_2 : CLIENT).request(options);
  }

  /** Vert.x 5 returns another type. */
  private static void reset(HttpClientRequest request) {
    try {
      HttpClientRequest.class.getMethod("reset", long.class).invoke(request, 8);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Future<HttpClientResponse> send(HttpClientRequest request, Outgoing outgoing) {
    Buffer body = Buffer.buffer(outgoing.body());
    if (!outgoing.oneShot()) {
      return request.send(body);
    }
    request.setChunked(true);
    return request.write(body).compose(none -> request.end()).compose(none -> request.response());
  }

  /** Is not reset after its end: that closes a connection which another call may have. */
  private static Incoming answer(HttpClientRequest sent, HttpClientResponse response) {
    PushedStream body = new PushedStream(() -> reset(sent));
    response
        .exceptionHandler(body::fail)
        .handler(bytes -> body.push(bytes.getBytes()))
        .endHandler(none -> body.end());
    return new Answer(
        response.statusCode(),
        response::getHeader,
        () -> sent.getMethod() + sent.absoluteURI() + sent.headers().names(),
        () -> body,
        body::close);
  }
}
