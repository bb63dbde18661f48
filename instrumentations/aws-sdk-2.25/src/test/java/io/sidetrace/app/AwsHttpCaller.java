package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.instrumentation.testing.Answer;
import io.sidetrace.instrumentation.testing.AsyncCaller;
import io.sidetrace.instrumentation.testing.Pending;
import io.sidetrace.instrumentation.testing.coverage.Library;
import io.sidetrace.instrumentation.testing.coverage.Limit;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;
import software.amazon.awssdk.http.async.SdkHttpContentPublisher;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.utils.async.InputStreamSubscriber;
import software.amazon.awssdk.utils.async.SimplePublisher;

/** The asynchronous HTTP clients as the AWS SDK calls them. */
final class AwsHttpCaller implements AsyncCaller {
  static final AwsHttpCaller NETTY = new AwsHttpCaller(true);
  static final AwsHttpCaller CRT = new AwsHttpCaller(false);

  private final boolean netty;
  private final SdkAsyncHttpClient client;
  private final @Nullable SdkAsyncHttpClient http2;

  private AwsHttpCaller(boolean netty) {
    this.netty = netty;
    this.client =
        netty
            ? NettyNioAsyncHttpClient.create()
            : AwsCrtAsyncHttpClient.builder().maxConcurrency(50).build();
    this.http2 = netty ? NettyNioAsyncHttpClient.builder().protocol(Protocol.HTTP2).build() : null;
  }

  @Override
  public Library library() {
    return netty
        ? Library.of("AWS SDK over Netty", NettyNioAsyncHttpClient.class)
        : Library.of("AWS SDK over CRT", AwsCrtAsyncHttpClient.class);
  }

  @Override
  public Map<Limit, String> limits() {
    String callbacks = "it calls back on the thread that brings the body.";
    String queries = "it sends a query in an order of its own.";
    return netty
        ? Map.of(
            Limit.REORDERS_QUERIES, queries,
            Limit.CALLBACKS_MUST_NOT_WAIT, callbacks,
            Limit.BREAK_IS_THE_END, "it takes a chunked body that breaks off for a complete one.")
        : Map.of(
            Limit.REORDERS_QUERIES, queries,
            Limit.CALLBACKS_MUST_NOT_WAIT, callbacks,
            Limit.NO_HTTP_2,
                "the native runtime wants TLS for it, which the test's server has not.");
  }

  @Override
  public String name() {
    return "aws-sdk";
  }

  @Override
  public CompletableFuture<Incoming> callAsync(Outgoing outgoing) {
    SdkHttpRequest sent = request(outgoing, outgoing.oneShot());
    Answering answering = new Answering(sent);
    CompletableFuture<Void> exchange = execute(outgoing, sent, answering);
    answering.exchange.complete(exchange);
    if (outgoing.timeout() != null) { // as the SDK does it
      var limited = exchange.orTimeout(outgoing.timeout().toMillis(), TimeUnit.MILLISECONDS);
      var unused = limited.whenComplete((none, failure) -> answering.onError(failure));
    }
    return answering.pending;
  }

  @Override
  public void listen(Outgoing outgoing, Listener listener) {
    var unused =
        execute(outgoing, request(outgoing, outgoing.oneShot()), new TellingHandler(listener));
  }

  private CompletableFuture<Void> execute(
      Outgoing outgoing, SdkHttpRequest sent, SdkAsyncHttpResponseHandler handler) {
    SdkAsyncHttpClient used = outgoing.http2() && http2 != null ? http2 : client;
    return used.execute(
        AsyncExecuteRequest.builder()
            .request(sent)
            .requestContentPublisher(new Content(outgoing))
            .responseHandler(handler)
            .build());
  }

  static SdkHttpRequest request(Outgoing outgoing, boolean chunked) {
    SdkHttpFullRequest.Builder request =
        SdkHttpFullRequest.builder()
            .method(SdkHttpMethod.fromValue(outgoing.method()))
            .uri(outgoing.uri());
    outgoing.headers().forEach(request::putHeader);
    if (!chunked) {
      request.putHeader("Content-Length", String.valueOf(outgoing.body().length));
    } else {
      request.putHeader("Transfer-Encoding", "chunked");
    }
    request.putHeader("Host", outgoing.uri().getHost() + ":" + outgoing.uri().getPort());
    return request.build();
  }

  private record Content(Outgoing outgoing) implements SdkHttpContentPublisher {

    @Override
    public Optional<Long> contentLength() {
      return outgoing.oneShot() ? Optional.empty() : Optional.of((long) outgoing.body().length);
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
      SimplePublisher<ByteBuffer> publisher = new SimplePublisher<>();
      publisher.subscribe(subscriber);
      var sent = publisher.send(ByteBuffer.wrap(outgoing.body()));
      var completed = sent.thenCompose(none -> publisher.complete());
      assertThat(completed).isNotCancelled();
    }
  }

  private static final class Answering implements SdkAsyncHttpResponseHandler {
    final Pending pending = new Pending(this::cancelExchange);
    private final SdkHttpRequest request;
    private volatile SdkHttpResponse head;

    /** The answer may be here before {@code execute} has returned. */
    private final CompletableFuture<CompletableFuture<Void>> exchange = new CompletableFuture<>();

    Answering(SdkHttpRequest request) {
      this.request = request;
    }

    private void cancelExchange() {
      var unused = exchange.thenAccept(exchanging -> exchanging.cancel(true));
    }

    @Override
    public void onHeaders(SdkHttpResponse response) {
      head = response;
    }

    @Override
    public void onStream(Publisher<ByteBuffer> stream) {
      InputStreamSubscriber body = new InputStreamSubscriber();
      stream.subscribe(body);
      InputStream cancelling =
          new FilterInputStream(body) {
            private boolean ended;

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
              int count = super.read(bytes, offset, length);
              ended |= count < 0;
              return count;
            }

            @Override
            public void close() throws IOException {
              if (!ended) { // else the SDK closes the connection, and may use it for the next call
                cancelExchange();
                super.close();
              }
            }
          };
      pending.complete(answer(request, head, () -> cancelling, this::cancelExchange));
    }

    @Override
    public void onError(Throwable failure) {
      pending.completeExceptionally(failure);
    }
  }

  static Incoming answer(
      SdkHttpRequest sent, SdkHttpResponse head, Answer.Body body, Cancel cancel) {
    return new Answer(
        head.statusCode(),
        name -> head.firstMatchingHeader(name).orElse(null),
        () -> sent.toString() + sent.headers(),
        body,
        cancel);
  }
}
