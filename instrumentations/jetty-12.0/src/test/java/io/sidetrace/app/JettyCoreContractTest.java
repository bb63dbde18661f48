package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.ContractApplication;
import io.sidetrace.instrumentation.testing.ContractServer;
import io.sidetrace.instrumentation.testing.ServedExchange;
import io.sidetrace.instrumentation.testing.ServerCallContract;
import io.sidetrace.instrumentation.testing.coverage.Library;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;

/** Jetty's own handlers, without any servlet API. */
class JettyCoreContractTest extends ServerCallContract {

  @Override
  public Library library() {
    return Library.of("Jetty, its handlers", Server.class);
  }

  @Override
  protected ContractServer start(ContractApplication application) throws Exception {
    return EmbeddedJetty.start(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws Exception {
            var exchange = new Exchange(request, response, callback);
            application.handle(exchange);
            if (!exchange.later) {
              callback.succeeded();
            }
            return true;
          }
        });
  }

  private static final class Exchange implements ServedExchange {
    private final Request request;
    private final Response response;
    private final Callback callback;
    boolean later;

    Exchange(Request request, Response response, Callback callback) {
      this.request = request;
      this.response = response;
      this.callback = callback;
    }

    @Override
    public String path() {
      return request.getHttpURI().getPath();
    }

    @Override
    public String header(String name) {
      return request.getHeaders().get(name);
    }

    @Override
    public InputStream requestBody() {
      return Content.Source.asInputStream(request);
    }

    @Override
    public OutputStream respond(int status, Map<String, String> headers, long length) {
      response.setStatus(status);
      headers.forEach(response.getHeaders()::put);
      if (length > 0) {
        response.getHeaders().put("Content-Length", length);
      }
      return Content.Sink.asOutputStream(response);
    }

    @Override
    public void later(Work work) {
      later = true;
      Runnable run =
          () -> {
            try {
              work.run();
              callback.succeeded();
            } catch (Exception e) {
              callback.failed(e);
            }
          };
      new Thread(run).start();
    }
  }
}
