package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.ContractServer;
import java.nio.file.Files;
import org.apache.catalina.startup.Tomcat;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.TomcatHttpHandlerAdapter;

class SpringWebFluxTomcatTest extends SpringWebFluxTest {

  SpringWebFluxTomcatTest() {
    super("Tomcat");
  }

  @Override
  @SuppressWarnings("deprecation") // in the newest 10.1, not in 11
  ContractServer start(HttpHandler application) throws Exception {
    var tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
    tomcat.setPort(0);
    var context = tomcat.addContext("", null);
    Tomcat.addServlet(context, "webflux", new TomcatHttpHandlerAdapter(application))
        .setAsyncSupported(true);
    context.addServletMappingDecoded("/", "webflux");
    tomcat.start();
    return new ContractServer(tomcat.getConnector().getLocalPort(), tomcat::stop);
  }
}
