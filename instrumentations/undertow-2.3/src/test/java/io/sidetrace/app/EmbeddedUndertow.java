package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.ContractServer;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import java.net.InetSocketAddress;

/** An Undertow on a free port of the loopback address. */
final class EmbeddedUndertow {

  private EmbeddedUndertow() {}

  static ContractServer start(HttpHandler handler) {
    Undertow server = Undertow.builder().addHttpListener(0, "localhost", handler).build();
    server.start();
    var address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    return new ContractServer(address.getPort(), server::stop);
  }
}
