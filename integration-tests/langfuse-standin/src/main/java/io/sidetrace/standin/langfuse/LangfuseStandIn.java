package io.sidetrace.standin.langfuse;

import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes traces as Langfuse does, on a loopback port, with the keys {@link #PUBLIC_KEY} and {@link
 * #SECRET_KEY}. Checks every request, see {@link OtlpChecker}; one that is not right is answered
 * with 400 and remembered in {@link #problems}. A script may answer otherwise.
 */
public final class LangfuseStandIn implements AutoCloseable {
  static {
    // Head and body of an answer are two writes: without this the second waits for the client to
    // acknowledge the first, which takes Linux 40 ms. Read when the first server is made.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  public static final String PUBLIC_KEY = "pk-lf-stand-in";
  public static final String SECRET_KEY = "sk-lf-stand-in";

  private final HttpServer server;
  private final ExecutorService threads;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ConcurrentLinkedQueue<ReceivedSpan> spans = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> problems = new ConcurrentLinkedQueue<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicLong received = new AtomicLong();
  private final MediaStandIn media;
  private final boolean keeping;
  private volatile Function<ExportTraceServiceRequest, Reply> script = request -> Reply.ok();

  private LangfuseStandIn(int port, boolean keeping) throws IOException {
    this.keeping = keeping;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "langfuse-stand-in");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/api/public/otel/v1/traces", this::handle);
    media = new MediaStandIn(server, problems::add);
    server.start();
  }

  /** On any free port. */
  public static LangfuseStandIn start() throws IOException {
    return start(0);
  }

  public static LangfuseStandIn start(int port) throws IOException {
    return new LangfuseStandIn(port, true);
  }

  /** One that neither checks nor keeps, but counts: for measuring what sends to it. */
  public static LangfuseStandIn counting(int port) throws IOException {
    return new LangfuseStandIn(port, false);
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Called for each request from now on, before it is kept. */
  public void script(Function<ExportTraceServiceRequest, Reply> replies) {
    script = replies;
  }

  /** Answers the next requests so, in this order, and all later ones well. */
  public void replyNext(Reply... replies) {
    ConcurrentLinkedQueue<Reply> left = new ConcurrentLinkedQueue<>(List.of(replies));
    script =
        request -> {
          Reply next = left.poll();
          return next == null ? Reply.ok() : next;
        };
  }

  /** The spans of all requests answered with 200, in the order of their arrival. */
  public List<ReceivedSpan> spans() {
    return new ArrayList<>(spans);
  }

  /** What was wrong with requests; a test ends with this being empty. */
  public List<String> problems() {
    return new ArrayList<>(problems);
  }

  /** The media store. */
  public MediaStandIn media() {
    return media;
  }

  /** How many requests came, however they were answered. */
  public int requests() {
    return requests.get();
  }

  /** How many spans came in requests answered with 200. */
  public long received() {
    return received.get();
  }

  private void handle(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    long now = System.nanoTime();
    try (exchange) {
      int refusal = Heads.refusal(exchange, problems::add);
      ExportTraceServiceRequest request = read(exchange);
      if (refusal != 0 || request == null) {
        answer(exchange, Reply.of(refusal == 0 ? 400 : refusal, "bad request"));
        return;
      }
      List<String> wrong = keeping ? OtlpChecker.check(request) : List.of();
      problems.addAll(wrong);
      Reply reply = wrong.isEmpty() ? script.apply(request) : Reply.of(400, wrong.toString());
      closed.await(reply.delay().toMillis(), TimeUnit.MILLISECONDS);
      if (reply.status() == Reply.HANG) {
        closed.await();
        return;
      }
      if (reply.status() == 200 || reply.status() == Reply.CLOSE) {
        keep(request, now);
      }
      if (reply.status() != Reply.CLOSE) {
        answer(exchange, reply);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable ExportTraceServiceRequest read(HttpExchange exchange) throws IOException {
    boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    try (InputStream raw = exchange.getRequestBody();
        InputStream plain = gzip ? new GZIPInputStream(raw) : raw) {
      byte[] bytes = plain.readAllBytes();
      if (bytes.length > 5_000_000) {
        problems.add("request of " + bytes.length + " bytes; Langfuse Cloud takes 5 MB");
      }
      return ExportTraceServiceRequest.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      problems.add("body is no OTLP: " + e.getMessage());
      return null;
    }
  }

  private void keep(ExportTraceServiceRequest request, long now) {
    for (ResourceSpans resource : request.getResourceSpansList()) {
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        received.addAndGet(scope.getSpansCount());
        if (keeping) {
          scope.getSpansList().stream()
              .map(s -> ReceivedSpan.of(s, resource.getResource().getAttributesList(), now))
              .forEach(spans::add);
        }
      }
    }
  }

  private static void answer(HttpExchange exchange, Reply reply) throws IOException {
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  /** Lets hanging requests go. */
  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
