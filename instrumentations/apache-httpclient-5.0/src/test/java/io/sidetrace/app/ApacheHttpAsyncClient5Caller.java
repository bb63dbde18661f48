package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.Answer;
import io.sidetrace.instrumentation.testing.AsyncCaller;
import io.sidetrace.instrumentation.testing.coverage.Library;
import io.sidetrace.instrumentation.testing.coverage.Limit;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.util.Timeout;

/** The asynchronous Apache HttpClient 5 as its users call it. */
final class ApacheHttpAsyncClient5Caller implements AsyncCaller {
  private static final boolean SINCE_5_6 =
      exists("org.apache.hc.client5.http.impl.async.ContentCompressionAsyncExec");
  private static final CloseableHttpAsyncClient CLIENT = newClient();
  private static final CloseableHttpAsyncClient HTTP_2 = HttpAsyncClients.createHttp2Default();

  static {
    CLIENT.start();
    HTTP_2.start();
  }

  private static CloseableHttpAsyncClient newClient() {
    HttpAsyncClientBuilder builder =
        HttpAsyncClients.custom()
            .setConnectionManager(
                PoolingAsyncClientConnectionManagerBuilder.create()
                    .setMaxConnPerRoute(50)
                    .setMaxConnTotal(50)
                    .build());
    if (!SINCE_5_6) { // 5.0 never comes back from a second attempt, with us or without
      builder.disableAutomaticRetries().disableRedirectHandling();
    }
    return builder.build();
  }

  private static boolean exists(String className) {
    try {
      Class.forName(className);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  @Override
  public Library library() {
    return Library.of("Apache HttpClient 5, async", CloseableHttpAsyncClient.class);
  }

  @Override
  public Map<Limit, String> limits() {
    return Map.of(
        Limit.CALLBACKS_MUST_NOT_WAIT, "it calls back on the thread that brings the body.");
  }

  @Override
  public String name() {
    return "apache-httpclient-5";
  }

  @Override
  public boolean inflates(String encoding) {
    return SINCE_5_6 && Set.of("gzip", "deflate").contains(encoding);
  }

  @Override
  public CompletableFuture<Incoming> callAsync(Outgoing outgoing) {
    BasicHttpRequest request = request(outgoing);
    Exchange exchange = new Exchange();
    StreamingConsumer consumer =
        new StreamingConsumer(
            (response, body) -> exchange.complete(exchange.answer(request, response, body)),
            () -> exchange.running.cancel(true));
    exchange.running = execute(outgoing, request, consumer, exchange.outcome(consumer));
    return exchange;
  }

  @Override
  public void listen(Outgoing outgoing, Listener listener) {
    TellingConsumer consumer = new TellingConsumer(listener);
    var unused = execute(outgoing, request(outgoing), consumer, consumer.outcome());
  }

  private static BasicHttpRequest request(Outgoing outgoing) {
    BasicHttpRequest request = new BasicHttpRequest(outgoing.method(), outgoing.uri());
    outgoing.headers().forEach(request::setHeader);
    return request;
  }

  private static Future<Void> execute(
      Outgoing outgoing,
      BasicHttpRequest request,
      AsyncResponseConsumer<Void> consumer,
      FutureCallback<Void> callback) {
    HttpClientContext context = HttpClientContext.create();
    outgoing.ifTimed(
        limit ->
            context.setRequestConfig(
                RequestConfig.custom()
                    .setResponseTimeout(Timeout.ofMilliseconds(limit.toMillis()))
                    .build()));
    return (outgoing.http2() ? HTTP_2 : CLIENT)
        .execute(
            new BasicRequestProducer(request, entity(outgoing)), consumer, null, context, callback);
  }

  private static BasicAsyncEntityProducer entity(Outgoing outgoing) {
    ContentType type = ContentType.parse(outgoing.contentType());
    return new BasicAsyncEntityProducer(outgoing.body(), type, outgoing.oneShot());
  }

  private static final class Exchange extends CompletableFuture<Incoming> {
    private volatile Future<Void> running;

    Incoming answer(BasicHttpRequest sent, HttpResponse head, InputStream body) {
      return new Answer(
          head.getCode(),
          name -> ApacheHttpClient5Caller.value(head.getFirstHeader(name)),
          () -> sent + Arrays.toString(sent.getHeaders()),
          () -> body,
          () -> cancel(true));
    }

    FutureCallback<Void> outcome(StreamingConsumer consumer) {
      return new FutureCallback<>() {
        @Override
        public void completed(Void none) {}

        @Override
        public void failed(Exception failure) {
          completeExceptionally(failure);
        }

        @Override
        public void cancelled() {
          Exchange.super.cancel(true);
          consumer.cancelled();
        }
      };
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
      return running.cancel(true);
    }
  }
}
