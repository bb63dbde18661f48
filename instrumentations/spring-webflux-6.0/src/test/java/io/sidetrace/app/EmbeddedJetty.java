package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.ContractServer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A Jetty on a free port of the loopback address. */
final class EmbeddedJetty {

  private EmbeddedJetty() {}

  static ContractServer start(Handler handler) throws Exception {
    var server = new Server();
    var connector = new ServerConnector(server);
    connector.setHost("localhost");
    server.addConnector(connector);
    server.setHandler(handler);
    server.start();
    return new ContractServer(connector.getLocalPort(), server::stop);
  }
}
