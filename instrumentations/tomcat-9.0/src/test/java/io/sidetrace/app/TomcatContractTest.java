package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.ContractApplication;
import io.sidetrace.instrumentation.testing.ContractServer;
import io.sidetrace.instrumentation.testing.ContractServlet;
import io.sidetrace.instrumentation.testing.ServerCallContract;
import io.sidetrace.instrumentation.testing.coverage.Library;
import org.apache.catalina.startup.Tomcat;

class TomcatContractTest extends ServerCallContract {

  @Override
  public Library library() {
    return Library.of("Tomcat", Tomcat.class);
  }

  @Override
  protected ContractServer start(ContractApplication application) throws Exception {
    return new EmbeddedTomcat().serve("/*", new ContractServlet(application)).start();
  }
}
