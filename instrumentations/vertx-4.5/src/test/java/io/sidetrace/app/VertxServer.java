package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.ContractApplication;
import io.sidetrace.instrumentation.testing.ContractServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The contract's application behind a router without paths, on worker threads. */
final class VertxServer {
  private final Vertx vertx = Vertx.vertx();
  private final ContractApplication application;

  VertxServer(ContractApplication application) {
    this.application = application;
  }

  ContractServer start(HttpServerOptions options) throws Exception {
    Router router = Router.router(vertx);
    router.route().handler(this::handle);
    router.errorHandler(500, VertxServer::answerFailure);
    HttpServer server =
        await(vertx.createHttpServer(options).requestHandler(router).listen(0, "127.0.0.1"));
    return new ContractServer(server.actualPort(), () -> await(vertx.close()));
  }

  private void handle(RoutingContext routing) {
    routing
        .request()
        .body()
        .onSuccess(
            body ->
                vertx.executeBlocking(() -> run(routing, body), false).onFailure(routing::fail));
  }

  private Void run(RoutingContext routing, Buffer body) throws Exception {
    var exchange = new VertxExchange(routing, body);
    application.handle(exchange);
    exchange.handled();
    return null;
  }

  /** An answer that has begun can only be given up. */
  private static void answerFailure(RoutingContext routing) {
    if (routing.response().headWritten()) {
      reset(routing);
    } else {
      routing.response().setStatusCode(500).end();
    }
  }

  /** Vert.x 5 returns another type. */
  private static void reset(RoutingContext routing) {
    try {
      HttpServerResponse.class.getMethod("reset", long.class).invoke(routing.response(), 2);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  static <T> T await(Future<T> future) throws IOException {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (ExecutionException | InterruptedException | TimeoutException e) {
      throw new IOException(e);
    }
  }
}
