package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.instrumentation.testing.ContractApplication;
import io.sidetrace.instrumentation.testing.ContractServer;
import io.sidetrace.instrumentation.testing.ContractServlet;
import io.sidetrace.instrumentation.testing.ServerCallContract;
import io.sidetrace.instrumentation.testing.coverage.Library;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;

/** Servlets, as Spring Boot has them. */
class JettyServletContractTest extends ServerCallContract {

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
    var servlets = new ServletContextHandler("/");
    var holder = new ServletHolder(new ContractServlet(application));
    holder.setAsyncSupported(true);
    servlets.addServlet(holder, "/*");
    var errors = new ErrorPageErrorHandler();
    errors.setShowStacks(false); // they tell on which of its threads Jetty was
    servlets.setErrorHandler(errors);
    return EmbeddedJetty.start(servlets);
  }
}
