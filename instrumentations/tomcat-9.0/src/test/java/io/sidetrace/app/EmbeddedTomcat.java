package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.ContractServer;
import jakarta.servlet.http.HttpServlet;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/** A Tomcat as Spring Boot embeds it: one context, no web.xml. */
final class EmbeddedTomcat {
  private final Path folder;
  private final Tomcat tomcat = new Tomcat();
  private final Context context;

  EmbeddedTomcat() throws Exception {
    folder = Files.createTempDirectory(new File("target").toPath(), "tomcat");
    tomcat.setBaseDir(folder.toString());
    tomcat.setPort(0);
    tomcat.setHostname("localhost");
    context = tomcat.addContext("", folder.toAbsolutePath().toString());
  }

  Connector connector() {
    return tomcat.getConnector();
  }

  Context context() {
    return context;
  }

  EmbeddedTomcat serve(String pattern, HttpServlet servlet) {
    Wrapper wrapper = Tomcat.addServlet(context, pattern, servlet);
    wrapper.setAsyncSupported(true);
    context.addServletMappingDecoded(pattern, pattern);
    return this;
  }

  ContractServer start() throws Exception {
    connector();
    tomcat.start();
    return new ContractServer(
        tomcat.getConnector().getLocalPort(),
        () -> {
          tomcat.stop();
          tomcat.destroy();
        });
  }
}
