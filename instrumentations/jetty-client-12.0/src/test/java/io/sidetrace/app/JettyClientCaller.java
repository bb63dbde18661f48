package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.Answer;
import io.sidetrace.instrumentation.testing.Caller;
import io.sidetrace.instrumentation.testing.Pending;
import io.sidetrace.instrumentation.testing.coverage.Library;
import io.sidetrace.instrumentation.testing.coverage.Limit;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.InputStreamRequestContent;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;

/** Jetty's client as its users call it who stream. */
final class JettyClientCaller implements Caller {
  private static final HttpClient CLIENT = start(new HttpClient());
  private static final HttpClient HTTP_2 =
      start(new HttpClient(new HttpClientTransportOverHTTP2(new HTTP2Client())));

  private static HttpClient start(HttpClient client) {
    try {
      client.start();
      return client;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Library library() {
    return Library.of("Jetty HttpClient", HttpClient.class);
  }

  @Override
  public Map<Limit, String> limits() {
    return Map.of(
        Limit.FAILURES_HAVE_NUMBERS,
            "its failures describe the connection: compared but for numbers.",
        Limit.CALLBACKS_MUST_NOT_WAIT, "it calls back on the thread that brings the body.");
  }

  @Override
  public String name() {
    return "jetty-client";
  }

  @Override
  public boolean inflates(String encoding) {
    return encoding.equals("gzip");
  }

  @Override
  public Incoming call(Outgoing outgoing) throws Exception {
    Request request = newRequest(outgoing);
    InputStreamResponseListener listener = new InputStreamResponseListener();
    request.send(listener);
    try {
      return answer(request, listener.get(20, TimeUnit.SECONDS), listener);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  @Override
  public CompletableFuture<Incoming> callAsync(Outgoing outgoing) {
    Request request = newRequest(outgoing);
    Pending pending = new Pending(() -> abort(request));
    request.send(
        new InputStreamResponseListener() {
          @Override
          public void onHeaders(Response response) {
            super.onHeaders(response);
            pending.complete(answer(request, response, this));
          }

          @Override
          public void onComplete(Result result) {
            super.onComplete(result);
            if (result.isFailed()) {
              pending.completeExceptionally(result.getFailure());
            }
          }
        });
    return pending;
  }

  @Override
  public void listen(Outgoing outgoing, Listener listener) {
    newRequest(outgoing)
        .onResponseContent((response, bytes) -> listener.onChunk())
        .send(result -> listener.onEnd(result.getFailure()));
  }

  @SuppressWarnings("deprecation") // 12.0.0 has no other
  private static Request newRequest(Outgoing outgoing) {
    Request request =
        (outgoing.http2() ? HTTP_2 : CLIENT)
            .newRequest(outgoing.uri())
            .method(outgoing.method())
            .headers(headers -> outgoing.headers().forEach(headers::put));
    outgoing.ifTimed(limit -> request.timeout(limit.toMillis(), TimeUnit.MILLISECONDS));
    String type = outgoing.contentType();
    return outgoing.body() == null
        ? request
        : request.body(
            outgoing.content(
                bytes -> new BytesRequestContent(type, bytes),
                stream -> new InputStreamRequestContent(type, stream, 4096)));
  }

  private static Incoming answer(
      Request sent, Response response, InputStreamResponseListener listener) {
    return new Answer(
        response.getStatus(),
        name -> response.getHeaders().get(name),
        () -> sent.getMethod() + sent.getURI() + sent.getHeaders() + sent.getBody().getClass(),
        () -> body(sent, listener),
        () -> abort(sent));
  }

  /** As who wants no more does: only closed, it waits for a chunk more. */
  private static InputStream body(Request sent, InputStreamResponseListener listener) {
    return new FilterInputStream(listener.getInputStream()) {
      @Override
      public void close() throws IOException {
        super.close();
        abort(sent);
      }
    };
  }

  private static void abort(Request request) {
    var unused = request.abort(new CancellationException());
  }
}
