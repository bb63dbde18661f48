package io.sidetrace.instrumentation.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sidetrace.agent.api.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** What the server under test serves: a path for each thing that can happen to an exchange. */
public final class ContractApplication {
  static final int LARGE = 200_000;

  /** Lets {@code /stream} write its next chunk and {@code /later} its answer. */
  final Semaphore gate = new Semaphore(0);

  /** How often it was asked, by the user's number: a client may make a request anew. */
  final ConcurrentMap<Integer, Integer> served = new ConcurrentHashMap<>();

  public void handle(ServedExchange exchange) throws Exception {
    String user = exchange.header("X-User-Id");
    if (user != null && user.chars().allMatch(Character::isDigit)) {
      served.merge(Integer.valueOf(user), 1, Integer::sum);
    }
    switch (exchange.path()) {
      case "/echo" -> echo(exchange);
      case "/json" -> text(exchange, 200, "application/json", "{\"answer\":42}");
      case "/teapot" -> text(exchange, 418, "text/plain", "short and stout");
      case "/chunked" -> chunked(exchange);
      case "/stream" -> stream(exchange);
      case "/large" -> text(exchange, 200, "text/plain", "x".repeat(LARGE));
      case "/binary" -> bytes(exchange, 200, "application/octet-stream", new byte[3000]);
      case "/untyped" -> untyped(exchange, "no type".getBytes(UTF_8));
      case "/untyped-binary" -> untyped(exchange, new byte[] {'P', 'K', 3, 4});
      case "/gzip" -> gzip(exchange);
      case "/none" -> exchange.respond(204, Map.of(), 0).close();
      case "/unread" -> text(exchange, 200, "text/plain", "not read");
      case "/context", "/health/context" -> text(exchange, 200, "text/plain", context());
      case "/fail" -> throw new IllegalStateException("boom");
      case "/fail-late" -> failLate(exchange);
      case "/endless" -> endless(exchange);
      case "/later" -> exchange.later(() -> later(exchange));
      default -> text(exchange, 404, "text/plain", "no such path");
    }
  }

  private static void echo(ServedExchange exchange) throws IOException {
    byte[] body = exchange.requestBody().readAllBytes();
    String type = exchange.header("Content-Type");
    bytes(exchange, 200, type == null ? "text/plain" : type, body);
  }

  private static void chunked(ServedExchange exchange) throws IOException {
    try (OutputStream out = exchange.respond(200, Map.of("Content-Type", "text/plain"), -1)) {
      out.write('1');
      out.write("_234_".getBytes(UTF_8), 1, 3);
      out.flush();
      out.write("567".getBytes(UTF_8));
    }
  }

  private static void untyped(ServedExchange exchange, byte[] body) throws IOException {
    try (OutputStream out = exchange.respond(200, Map.of(), body.length)) {
      out.write(body);
    }
  }

  private void stream(ServedExchange exchange) throws Exception {
    var head = Map.of("Content-Type", "text/event-stream");
    try (OutputStream out = exchange.respond(200, head, -1)) {
      out.flush();
      for (int i = 0; i < 3; i++) {
        pass();
        out.write(("data: " + i + "\n\n").getBytes(UTF_8));
        out.flush();
      }
    }
  }

  private static void gzip(ServedExchange exchange) throws IOException {
    byte[] zipped = exchange.requestBody().readAllBytes();
    var head = Map.of("Content-Type", "application/json", "Content-Encoding", "gzip");
    try (OutputStream out = exchange.respond(200, head, zipped.length)) {
      out.write(zipped);
    }
  }

  private static void failLate(ServedExchange exchange) throws IOException {
    OutputStream out = exchange.respond(200, Map.of("Content-Type", "text/plain"), -1);
    out.write("so far".getBytes(UTF_8));
    out.flush();
    throw new IllegalStateException("boom, late");
  }

  private static void endless(ServedExchange exchange) throws IOException {
    OutputStream out = exchange.respond(200, Map.of("Content-Type", "text/plain"), -1);
    byte[] block = "again and again\n".repeat(512).getBytes(UTF_8);
    while (true) {
      out.write(block);
      out.flush();
    }
  }

  private void later(ServedExchange exchange) throws Exception {
    pass();
    text(exchange, 200, "text/plain", "at last");
  }

  private static String context() {
    Context context = Context.current();
    String traceparent = context == null ? null : context.traceparent();
    return traceparent == null ? "none" : traceparent;
  }

  private static void text(ServedExchange exchange, int status, String type, String body)
      throws IOException {
    bytes(exchange, status, type, body.getBytes(UTF_8));
  }

  private static void bytes(ServedExchange exchange, int status, String type, byte[] body)
      throws IOException {
    try (OutputStream out = exchange.respond(status, Map.of("Content-Type", type), body.length)) {
      out.write(body);
    }
  }

  private void pass() throws InterruptedException {
    if (!gate.tryAcquire(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the test did not open the gate");
    }
  }
}
