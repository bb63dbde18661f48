package io.sidetrace.app;

import io.netty.handler.codec.http.HttpHeaders;
import io.sidetrace.instrumentation.testing.AsyncCaller;
import io.sidetrace.instrumentation.testing.coverage.Library;
import io.sidetrace.instrumentation.testing.coverage.Limit;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.asynchttpclient.AsyncHandler;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.DefaultAsyncHttpClientConfig;
import org.asynchttpclient.Dsl;
import org.asynchttpclient.HttpResponseBodyPart;
import org.asynchttpclient.HttpResponseStatus;
import org.asynchttpclient.Request;
import org.asynchttpclient.RequestBuilder;
import org.asynchttpclient.request.body.generator.BodyGenerator;
import org.asynchttpclient.request.body.generator.InputStreamBodyGenerator;

/** AsyncHttpClient as its users call it who stream: with a handler of their own. */
class AsyncHttpClientCaller implements AsyncCaller {
  private static final Optional<Method> CLEARTEXT_HTTP_2 =
      method(DefaultAsyncHttpClientConfig.Builder.class, "setHttp2CleartextEnabled");

  /** Without retries, or an answer that breaks off is asked for again, as one that has begun. */
  private static final AsyncHttpClient CLIENT = Dsl.asyncHttpClient(config());

  /** In version 2 as the other. */
  static final AsyncHttpClient HTTP_2 = Dsl.asyncHttpClient(overHttp2(config()));

  private static DefaultAsyncHttpClientConfig.Builder config() {
    return Dsl.config().setFollowRedirect(true).setMaxRequestRetry(0);
  }

  private static DefaultAsyncHttpClientConfig.Builder overHttp2(
      DefaultAsyncHttpClientConfig.Builder config) {
    CLEARTEXT_HTTP_2.ifPresent(setter -> invoke(setter, config, true));
    return config;
  }

  /** What version 3 has, or has otherwise. */
  private static Optional<Method> method(Class<?> type, String name) {
    return Arrays.stream(type.getMethods()).filter(each -> each.getName().equals(name)).findFirst();
  }

  private static void invoke(Method method, Object target, Object argument) {
    try {
      method.invoke(target, argument);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Library library() {
    return Library.of("AsyncHttpClient", AsyncHttpClient.class);
  }

  @Override
  public Map<Limit, String> limits() {
    Map<Limit, String> limits = new HashMap<>();
    limits.put(
        Limit.CALLBACKS_MUST_NOT_WAIT, "it calls back on the event loop that brings the body.");
    if (CLEARTEXT_HTTP_2.isEmpty()) {
      limits.put(Limit.NO_HTTP_2, "version 2 speaks HTTP/1.1 only.");
    }
    return limits;
  }

  @Override
  public String name() {
    return "async-http-client";
  }

  @Override
  public boolean inflates(String encoding) {
    return true;
  }

  @Override
  public CompletableFuture<Incoming> callAsync(Outgoing outgoing) {
    Request request = request(outgoing);
    var answer = new PushedAnswer(request);
    answer.sentAs(client(outgoing).executeRequest(request, handler(answer)));
    return answer.head();
  }

  @Override
  public void listen(Outgoing outgoing, Listener listener) {
    var unused =
        client(outgoing)
            .executeRequest(
                request(outgoing),
                handler(
                    new Heard() {
                      @Override
                      public void head(int status, HttpHeaders headers) {}

                      @Override
                      public void chunk(byte[] bytes) {
                        listener.onChunk();
                      }

                      @Override
                      public void end(Throwable failure) {
                        listener.onEnd(failure);
                      }
                    }));
  }

  private static AsyncHttpClient client(Outgoing outgoing) {
    return outgoing.http2() ? HTTP_2 : CLIENT;
  }

  private Request request(Outgoing outgoing) {
    RequestBuilder builder =
        new RequestBuilder(outgoing.method()).setUrl(outgoing.uri().toString());
    outgoing.headers().forEach(builder::setHeader);
    outgoing.ifTimed(limit -> setTimeout(builder, limit));
    return outgoing.oneShot()
        ? builder.setBody(oneShot(outgoing.body())).build()
        : builder.setBody(outgoing.body()).build();
  }

  private static void setTimeout(RequestBuilder builder, Duration timeout) {
    Method setter = method(RequestBuilder.class, "setRequestTimeout").orElseThrow();
    boolean millis = setter.getParameterTypes()[0] == int.class;
    invoke(setter, builder, millis ? (Object) (int) timeout.toMillis() : timeout);
  }

  BodyGenerator oneShot(byte[] body) {
    return new InputStreamBodyGenerator(new ByteArrayInputStream(body));
  }

  AsyncHandler<Void> handler(Heard heard) {
    return new Hearing(heard);
  }

  /** What a handler hears. */
  interface Heard {
    void head(int status, HttpHeaders headers);

    void chunk(byte[] bytes);

    /**
     * @param failure null: the body was read to its end
     */
    void end(Throwable failure);
  }

  static class Hearing implements AsyncHandler<Void> {
    final Heard heard;
    private int status;

    Hearing(Heard heard) {
      this.heard = heard;
    }

    @Override
    public State onStatusReceived(HttpResponseStatus received) {
      status = received.getStatusCode();
      return State.CONTINUE;
    }

    @Override
    public State onHeadersReceived(HttpHeaders headers) {
      heard.head(status, headers);
      return State.CONTINUE;
    }

    @Override
    public State onBodyPartReceived(HttpResponseBodyPart part) {
      if (part.length() > 0) {
        heard.chunk(part.getBodyPartBytes());
      }
      return State.CONTINUE;
    }

    @Override
    public void onThrowable(Throwable failure) {
      heard.end(failure);
    }

    @Override
    public Void onCompleted() {
      heard.end(null);
      return null;
    }
  }
}
