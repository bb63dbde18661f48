package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.ContractApplication;
import io.sidetrace.instrumentation.testing.ContractServer;
import io.sidetrace.instrumentation.testing.ServerHttp2Contract;
import io.sidetrace.instrumentation.testing.coverage.Library;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;

/** HTTP/2 in clear text. */
class VertxHttp2ContractTest extends ServerHttp2Contract {

  @Override
  protected boolean pushesBodies() {
    return true;
  }

  @Override
  public Library library() {
    return Library.of("Vert.x, HTTP/2", Vertx.class);
  }

  @Override
  protected ContractServer start(ContractApplication application) throws Exception {
    return new VertxServer(application).start(new HttpServerOptions());
  }
}
