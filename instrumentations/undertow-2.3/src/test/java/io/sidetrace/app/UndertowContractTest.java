package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.ContractApplication;
import io.sidetrace.instrumentation.testing.ContractServer;
import io.sidetrace.instrumentation.testing.ServedExchange;
import io.sidetrace.instrumentation.testing.ServerCallContract;
import io.sidetrace.instrumentation.testing.coverage.Library;
import io.sidetrace.instrumentation.testing.coverage.Limit;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.util.HttpString;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/** Undertow's own handlers, without servlets. */
class UndertowContractTest extends ServerCallContract {

  @Override
  public Library library() {
    return Library.of("Undertow, its handlers", HttpServerExchange.class);
  }

  @Override
  public Map<Limit, String> limits() {
    return EmbeddedUndertow.LIMITS;
  }

  @Override
  protected ContractServer start(ContractApplication application) {
    return EmbeddedUndertow.start(
        new BlockingHandler(exchange -> application.handle(new Exchange(exchange))));
  }

  private record Exchange(HttpServerExchange exchange) implements ServedExchange {

    @Override
    public String path() {
      return exchange.getRequestURI();
    }

    @Override
    public String header(String name) {
      return exchange.getRequestHeaders().getFirst(name);
    }

    @Override
    public InputStream requestBody() {
      return exchange.getInputStream();
    }

    @Override
    public OutputStream respond(int status, Map<String, String> headers, long length) {
      exchange.setStatusCode(status);
      headers.forEach(
          (name, value) -> exchange.getResponseHeaders().put(new HttpString(name), value));
      if (length > 0) {
        exchange.setResponseContentLength(length);
      }
      return exchange.getOutputStream();
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
              exchange.endExchange();
            }
          };
      exchange.dispatch(run);
    }
  }
}
