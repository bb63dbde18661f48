package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.instrumentation.testing.ContractApplication;
import io.sidetrace.instrumentation.testing.ContractServer;
import io.sidetrace.instrumentation.testing.ContractServlet;
import io.sidetrace.instrumentation.testing.ServerCallContract;
import io.sidetrace.instrumentation.testing.coverage.Library;
import io.sidetrace.instrumentation.testing.coverage.Limit;
import io.undertow.Version;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Servlets, as Spring Boot 3 has them. */
class UndertowServletContractTest extends ServerCallContract {

  @Test
  void theUndertowUnderTest_isTheOneTheBuildNames() {
    assertThat(Version.getVersionString()).isEqualTo(System.getProperty("undertow.version"));
  }

  @Override
  public Library library() {
    return Library.of("Undertow, servlets", Version.class);
  }

  @Override
  public Map<Limit, String> limits() {
    return EmbeddedUndertow.LIMITS;
  }

  @Override
  protected ContractServer start(ContractApplication application) throws Exception {
    var servlet = new ContractServlet(application);
    var deployment =
        Servlets.deployment()
            .setClassLoader(ContractServlet.class.getClassLoader())
            .setContextPath("/")
            .setDeploymentName("contract")
            .addServlet(
                Servlets.servlet(
                        "contract", ContractServlet.class, new ImmediateInstanceFactory<>(servlet))
                    .addMapping("/*")
                    .setAsyncSupported(true));
    var container = Servlets.newContainer().addDeployment(deployment);
    container.deploy();
    return EmbeddedUndertow.start(container.start());
  }
}
