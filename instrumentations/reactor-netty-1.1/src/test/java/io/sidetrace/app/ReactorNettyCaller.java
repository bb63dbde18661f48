package io.sidetrace.app;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpMethod;
import io.sidetrace.instrumentation.testing.Answer;
import io.sidetrace.instrumentation.testing.Caller;
import io.sidetrace.instrumentation.testing.ChunkStream;
import io.sidetrace.instrumentation.testing.coverage.Library;
import io.sidetrace.instrumentation.testing.coverage.Limit;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.reactivestreams.Publisher;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/** Reactor Netty as its users call it. */
final class ReactorNettyCaller implements Caller {
  static final HttpClient CLIENT = HttpClient.create(ConnectionProvider.create("test", 50));

  @Override
  public Library library() {
    return Library.of("Reactor Netty", HttpClient.class);
  }

  @Override
  public Map<Limit, String> limits() {
    return Map.of(
        Limit.CANCEL_IS_THE_END, "a disposed connection completes the body of who reads it.",
        Limit.CALLBACKS_MUST_NOT_WAIT, "it calls back on the event loop that brings the body.");
  }

  @Override
  public String name() {
    return "reactor-netty";
  }

  @Override
  public Incoming call(Outgoing request) throws Exception {
    try {
      return exchange(request).block();
    } catch (RuntimeException e) {
      throw Exceptions.unwrap(e) instanceof Exception cause ? cause : e;
    }
  }

  @Override
  public CompletableFuture<Incoming> callAsync(Outgoing request) {
    return exchange(request).toFuture();
  }

  @Override
  public void listen(Outgoing request, Listener listener) {
    var unused =
        receiver(request)
            .response((response, body) -> body.asByteArray())
            .subscribe(bytes -> listener.onChunk(), listener::onEnd, () -> listener.onEnd(null));
  }

  private static Mono<Incoming> exchange(Outgoing outgoing) {
    return receiver(outgoing)
        .<Incoming>responseConnection(
            (response, connection) -> Mono.just(answer(response, connection)))
        .next();
  }

  private static HttpClient.ResponseReceiver<?> receiver(Outgoing outgoing) {
    HttpClient client =
        CLIENT
            .headers(headers -> outgoing.headers().forEach(headers::set))
            .protocol(outgoing.http2() ? HttpProtocol.H2C : HttpProtocol.HTTP11);
    if (outgoing.timeout() != null) {
      client = client.responseTimeout(outgoing.timeout());
    }
    return client
        .request(HttpMethod.valueOf(outgoing.method()))
        .uri(outgoing.uri().toString())
        .send(body(outgoing));
  }

  /** A Mono is sent with its length, a Flux in chunks. */
  private static Publisher<ByteBuf> body(Outgoing outgoing) {
    byte[] body = outgoing.body();
    if (body == null) {
      return Mono.empty();
    }
    Mono<ByteBuf> whole = Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body));
    return outgoing.oneShot() ? whole.flux() : whole;
  }

  private static Incoming answer(HttpClientResponse response, Connection connection) {
    return new Answer(
        response.status().code(),
        name -> response.responseHeaders().get(name),
        () -> response.method() + response.resourceUrl() + response.requestHeaders(),
        () -> body(connection),
        cancel(connection));
  }

  /**
   * On the event loop: a connection that is just returning to its pool may be given to the next
   * request before a close that another thread asked for, and then breaks that request off.
   */
  private static Cancel cancel(Connection connection) {
    EventLoop loop = connection.channel().eventLoop();
    return () -> loop.execute(connection::dispose);
  }

  private static InputStream body(Connection connection) {
    Stream<byte[]> stream = connection.inbound().receive().asByteArray().toStream(1);
    Iterator<byte[]> chunks = stream.iterator();
    return new ChunkStream() {
      @Override
      protected byte[] next() {
        return chunks.hasNext() ? chunks.next() : null;
      }

      @Override
      public void close() {
        stream.close();
      }
    };
  }
}
