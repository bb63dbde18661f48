package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.ContractServer;
import io.sidetrace.instrumentation.testing.FrameworkContract;
import io.sidetrace.instrumentation.testing.coverage.Library;
import org.springframework.web.reactive.DispatcherHandler;

class SpringWebFluxContractTest extends FrameworkContract {

  @Override
  public Library library() {
    return Library.of("Spring WebFlux", DispatcherHandler.class);
  }

  @Override
  protected ContractServer start() {
    var application = new ReactiveApplication(ContractController.Beans.class);
    return new ContractServer(application.port(), application::stop);
  }
}
