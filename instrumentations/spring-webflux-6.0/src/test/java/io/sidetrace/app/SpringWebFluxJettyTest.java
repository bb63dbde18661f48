package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.ContractServer;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServletHttpHandlerAdapter;

/** For Spring 6. */
class SpringWebFluxJettyTest extends SpringWebFluxTest {

  SpringWebFluxJettyTest() {
    super("Jetty");
  }

  @Override
  ContractServer start(HttpHandler application) throws Exception {
    var servlet = new ServletHolder(new ServletHttpHandlerAdapter(application));
    servlet.setAsyncSupported(true);
    var servlets = new ServletContextHandler("/");
    servlets.addServlet(servlet, "/");
    return EmbeddedJetty.start(servlets);
  }
}
