package io.sidetrace.daemon.ops;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** {@code /metrics}, {@code /healthz} and {@code /readyz} on a loopback port. */
public final class OpsServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService thread;

  /** What an endpoint says; an empty list of troubles is 200, any other 503. */
  public interface Health extends Supplier<List<String>> {}

  /**
   * @param port 0: any free one
   * @param health what is broken in the daemon itself
   * @param readiness what keeps it from reading or exporting
   * @throws IOException if the port is taken
   */
  public static OpsServer start(int port, Metrics metrics, Health health, Health readiness)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/metrics", to -> answer(to, "/metrics", 200, metrics.scrape()));
    server.createContext("/healthz", to -> answer(to, "/healthz", health.get()));
    server.createContext("/readyz", to -> answer(to, "/readyz", readiness.get()));
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

  private static void answer(HttpExchange to, String path, List<String> troubles)
      throws IOException {
    boolean fine = troubles.isEmpty();
    answer(to, path, fine ? 200 : 503, fine ? "ok\n" : String.join("\n", troubles) + "\n");
  }

  private static void answer(HttpExchange to, String path, int status, String text)
      throws IOException {
    try (to) {
      if (!to.getRequestURI().getPath().equals(path)) {
        to.sendResponseHeaders(404, -1);
        return;
      }
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      to.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
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
