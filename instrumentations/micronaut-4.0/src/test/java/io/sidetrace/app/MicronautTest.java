package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.http.server.RouteExecutor;
import io.micronaut.runtime.server.EmbeddedServer;
import io.sidetrace.instrumentation.testing.ContractServer;
import io.sidetrace.instrumentation.testing.FrameworkContract;
import io.sidetrace.instrumentation.testing.coverage.Library;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MicronautTest extends FrameworkContract {

  @Test
  void theVersionUnderTest_isTheOneTheBuildNames() {
    String jar = RouteExecutor.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    assertThat(jar).contains("micronaut-http-server-" + System.getProperty("micronaut.version"));
  }

  @Override
  public Library library() {
    return Library.of("Micronaut", RouteExecutor.class);
  }

  @Override
  protected ContractServer start() {
    return start("1.1");
  }

  static ContractServer start(String version) {
    EmbeddedServer server =
        ApplicationContext.run(
            EmbeddedServer.class,
            Map.of(
                "micronaut.server.port",
                -1,
                "micronaut.server.host",
                "127.0.0.1",
                "micronaut.server.http-version",
                version));
    return new ContractServer(server.getPort(), server::stop);
  }
}
