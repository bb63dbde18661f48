package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.ContractServer;
import io.sidetrace.instrumentation.testing.coverage.Limit;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import java.net.InetSocketAddress;
import java.util.Map;

/** An Undertow on a free port of the loopback address. */
final class EmbeddedUndertow {
  static final Map<Limit, String> LIMITS =
      Map.of(
          Limit.DRAINS_BODIES,
          "on a connection that stays open the server reads what is left, and it is recorded.");

  private EmbeddedUndertow() {}

  static ContractServer start(HttpHandler handler) {
    Undertow server = Undertow.builder().addHttpListener(0, "localhost", handler).build();
    server.start();
    var address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    return new ContractServer(address.getPort(), server::stop);
  }
}
