package io.sidetrace.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sidetrace.instrumentation.testing.ContractApplication;
import io.sidetrace.instrumentation.testing.ContractServer;
import io.sidetrace.instrumentation.testing.ServedExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.Executors;

/** The contract's application in the JDK's server. */
final class JdkServer {

  private JdkServer() {}

  static InetSocketAddress freePort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  static ContractServer start(HttpServer server, ContractApplication application) {
    var threads = Executors.newCachedThreadPool();
    server.setExecutor(threads);
    server.createContext("/", exchange -> handle(application, new Exchange(exchange)));
    server.start();
    return new ContractServer(
        server.getAddress().getPort(),
        () -> {
          server.stop(0);
          threads.shutdown();
        });
  }

  private static void handle(ContractApplication application, Exchange exchange)
      throws IOException {
    try {
      application.handle(exchange);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private record Exchange(HttpExchange exchange) implements ServedExchange {

    @Override
    public String path() {
      return exchange.getRequestURI().getRawPath();
    }

    @Override
    public String header(String name) {
      return exchange.getRequestHeaders().getFirst(name);
    }

    @Override
    public InputStream requestBody() {
      return exchange.getRequestBody();
    }

    @Override
    public OutputStream respond(int status, Map<String, String> headers, long length)
        throws IOException {
      headers.forEach(exchange.getResponseHeaders()::set);
      if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.sendResponseHeaders(status, -1);
        return OutputStream.nullOutputStream();
      }
      exchange.sendResponseHeaders(status, length == 0 ? -1 : Math.max(length, 0));
      return exchange.getResponseBody();
    }

    @Override
    public void later(Work work) {
      Runnable run =
          () -> {
            try {
              work.run();
            } catch (Exception e) {
              throw new IllegalStateException(e);
            } finally {
              exchange.close();
            }
          };
      new Thread(run).start();
    }
  }
}
