package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.ContractApplication;
import io.sidetrace.instrumentation.testing.ContractServer;
import io.sidetrace.instrumentation.testing.ServerHttp2Contract;
import io.sidetrace.instrumentation.testing.TestCertificate;
import io.sidetrace.instrumentation.testing.coverage.Library;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;

/** HTTP/2 over TLS. */
class VertxTlsContractTest extends ServerHttp2Contract {
  private final TestCertificate certificate = TestCertificate.create();

  @Override
  protected TestCertificate certificate() {
    return certificate;
  }

  @Override
  protected boolean pushesBodies() {
    return true;
  }

  @Override
  public Library library() {
    return Library.of("Vert.x, HTTP/2 over TLS", Vertx.class);
  }

  @Override
  protected ContractServer start(ContractApplication application) throws Exception {
    var options = new HttpServerOptions();
    options.setSsl(true).setUseAlpn(true);
    options.setKeyCertOptions(
        new PfxOptions()
            .setPath(certificate.keys().toString())
            .setPassword(certificate.password()));
    return new VertxServer(application).start(options);
  }
}
