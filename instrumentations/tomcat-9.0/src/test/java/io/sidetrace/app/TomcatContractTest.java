package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.ContractApplication;
import io.sidetrace.instrumentation.testing.ContractServer;
import io.sidetrace.instrumentation.testing.ContractServlet;
import io.sidetrace.instrumentation.testing.ServerCallContract;

class TomcatContractTest extends ServerCallContract {

  @Override
  protected ContractServer start(ContractApplication application) throws Exception {
    return new EmbeddedTomcat().serve("/*", new ContractServlet(application)).start();
  }
}
