package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.ContractServer;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServletHttpHandlerAdapter;

/** For Spring 7, which needs servlets 6.1: on those of 6.0 its answers hang, traced or not. */
class SpringWebFluxJettyEe11Test extends SpringWebFluxTest {

  SpringWebFluxJettyEe11Test() {
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
