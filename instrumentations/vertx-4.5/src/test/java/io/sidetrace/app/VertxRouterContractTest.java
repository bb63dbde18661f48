package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.ContractServer;
import io.sidetrace.instrumentation.testing.FrameworkContract;
import io.sidetrace.instrumentation.testing.coverage.Library;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

class VertxRouterContractTest extends FrameworkContract {

  private final Vertx vertx = Vertx.vertx();

  @Override
  public Library library() {
    return Library.of("Vert.x router", Router.class);
  }

  @Override
  protected String route(String path) {
    return "GET /" + path + "/:id";
  }

  @Override
  protected ContractServer start() throws Exception {
    HttpServer server =
        get(vertx.createHttpServer().requestHandler(router()).listen(0, "127.0.0.1"));
    return new ContractServer(server.actualPort(), () -> get(vertx.close()));
  }

  private Router router() {
    Router router = Router.router(vertx);
    router.get("/chats/:id").handler(routing -> text(routing).end(ask()));
    router.get("/later/:id").handler(VertxRouterContractTest::later);
    router.get("/stream/:id").handler(this::stream);
    router
        .get("/fail/:id")
        .handler(
            routing -> {
              throw new IllegalStateException("boom");
            });
    router.get("/health").handler(routing -> routing.end(where()));
    return router;
  }

  private static void later(RoutingContext routing) {
    var unused =
        CompletableFuture.supplyAsync(FrameworkContract::ask)
            .thenAccept(asked -> text(routing).end(asked));
  }

  private void stream(RoutingContext routing) {
    HttpServerResponse response = text(routing).setChunked(true);
    response
        .write("one ")
        .compose(written -> vertx.executeBlocking(FrameworkContract::ask))
        .compose(asked -> response.write(asked))
        .onComplete(written -> response.end(" three"));
  }

  private static HttpServerResponse text(RoutingContext routing) {
    return routing.response().putHeader("Content-Type", "text/plain");
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
