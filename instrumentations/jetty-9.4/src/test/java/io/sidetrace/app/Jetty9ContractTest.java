package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.instrumentation.testing.ContractApplication;
import io.sidetrace.instrumentation.testing.ContractServer;
import io.sidetrace.instrumentation.testing.ContractServlet;
import io.sidetrace.instrumentation.testing.ServerCallContract;
import io.sidetrace.instrumentation.testing.coverage.Library;
import java.net.InetAddress;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;
import org.junit.jupiter.api.Test;

class Jetty9ContractTest extends ServerCallContract {

  @Test
  void theJettyUnderTest_isTheOneTheBuildNames() {
    assertThat(Server.getVersion()).isEqualTo(System.getProperty("jetty.version"));
  }

  @Override
  public Library library() {
    return Library.of("Jetty, servlets", Server.class);
  }

  @Override
  protected ContractServer start(ContractApplication application) throws Exception {
    var servlets = new ServletContextHandler();
    servlets.setContextPath("/");
    var holder = new ServletHolder(new ContractServlet(application));
    holder.setAsyncSupported(true);
    servlets.addServlet(holder, "/*");
    var errors = new ErrorPageErrorHandler();
    errors.setShowStacks(false); // they tell on which of its threads Jetty was
    servlets.setErrorHandler(errors);

    var server = new Server();
    var connector = new ServerConnector(server);
    connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    server.addConnector(connector);
    server.setHandler(servlets);
    server.start();
    return new ContractServer(connector.getLocalPort(), server::stop);
  }
}
