package io.sidetrace.daemon.ops;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * {@code /metrics}, {@code /healthz}, {@code /readyz}, {@code /ledger}, and {@code /status} as JSON
 * or, with {@code .txt} behind it, for people. It tells no content of events and no keys.
 */
public final class OpsServer implements AutoCloseable {
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String JSON = "application/json";

  private final HttpServer server;
  private final ExecutorService thread;

  /**
   * What is told.
   *
   * @param metrics in Prometheus' format
   * @param broken what is broken in the daemon itself; nothing is 200, anything 503
   * @param hindered what keeps it from reading or exporting; likewise
   */
  public record Answers(
      Supplier<String> metrics,
      Supplier<List<String>> broken,
      Supplier<List<String>> hindered,
      Supplier<Status> status) {}

  /**
   * @param address with port 0: any free one
   * @throws IOException if the port is taken or the address is none of this machine
   */
  public static OpsServer start(InetSocketAddress address, Answers answers) throws IOException {
    HttpServer server = HttpServer.create(address, 0);
    page(server, "/metrics", TEXT, answers.metrics());
    page(server, "/ledger", JSON, () -> StatusJson.of(answers.status().get().ledger()));
    page(server, "/status", JSON, () -> StatusJson.of(answers.status().get()));
    page(server, "/status.txt", TEXT, () -> StatusText.of(answers.status().get()));
    health(server, "/healthz", answers.broken());
    health(server, "/readyz", answers.hindered());
    return new OpsServer(server);
  }

  private OpsServer(HttpServer server) {
    this.server = server;
    this.thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "sidetrace-ops");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(thread);
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  private static void page(HttpServer server, String path, String type, Supplier<String> text) {
    server.createContext(path, to -> answer(to, path, 200, type, text));
  }

  private static void health(HttpServer server, String path, Supplier<List<String>> troubles) {
    server.createContext(
        path,
        to -> {
          List<String> found = troubles.get();
          String text = found.isEmpty() ? "ok" : String.join("\n", found);
          answer(to, path, found.isEmpty() ? 200 : 503, TEXT, () -> text + "\n");
        });
  }

  private static void answer(
      HttpExchange to, String path, int status, String type, Supplier<String> text)
      throws IOException {
    try (to) {
      if (!to.getRequestURI().getPath().equals(path)) {
        to.sendResponseHeaders(404, -1);
        return;
      }
      byte[] bytes = text.get().getBytes(StandardCharsets.UTF_8);
      to.getResponseHeaders().set("Content-Type", type);
      to.sendResponseHeaders(status, bytes.length);
      to.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    thread.shutdownNow();
  }
}
