package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.ContractServer;
import java.net.InetAddress;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;

/** A Jetty on a free port of the loopback address. */
final class EmbeddedJetty {

  private EmbeddedJetty() {}

  static ContractServer start(Handler handler) throws Exception {
    var server = new Server();
    var connector = new ServerConnector(server);
    connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    server.addConnector(connector);
    server.setHandler(handler);
    var errors = new ErrorHandler();
    errors.setShowStacks(false); // they tell on which of its threads Jetty was
    server.setErrorHandler(errors);
    server.start();
    return new ContractServer(connector.getLocalPort(), server::stop);
  }
}
