package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.ContractServer;
import io.undertow.Undertow;
import java.net.InetSocketAddress;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.UndertowHttpHandlerAdapter;

/** Not for Spring 7, which has no adapter for Undertow. */
class SpringWebFluxUndertowTest extends SpringWebFluxTest {

  SpringWebFluxUndertowTest() {
    super("Undertow");
  }

  @Override
  ContractServer start(HttpHandler application) {
    Undertow server =
        Undertow.builder()
            .addHttpListener(0, "localhost", new UndertowHttpHandlerAdapter(application))
            .build();
    server.start();
    var address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    return new ContractServer(address.getPort(), server::stop);
  }
}
