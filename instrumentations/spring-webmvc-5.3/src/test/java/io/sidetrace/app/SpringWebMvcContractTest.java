package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.ContractServer;
import io.sidetrace.instrumentation.testing.FrameworkContract;
import io.sidetrace.instrumentation.testing.coverage.Library;
import org.springframework.web.servlet.DispatcherServlet;

class SpringWebMvcContractTest extends FrameworkContract {

  @Override
  public Library library() {
    return Library.of("Spring MVC", DispatcherServlet.class);
  }

  @Override
  protected ContractServer start() throws Exception {
    var application = new SpringApplication("", "/", ContractController.Beans.class);
    return new ContractServer(application.port(), application::stop);
  }
}
