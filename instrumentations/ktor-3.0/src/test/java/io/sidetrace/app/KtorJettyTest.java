package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.ktor.server.jetty.jakarta.Jetty;
import io.sidetrace.instrumentation.testing.ContractServer;
import io.sidetrace.instrumentation.testing.FrameworkContract;
import io.sidetrace.instrumentation.testing.coverage.Library;
import org.junit.jupiter.api.Test;

class KtorJettyTest extends FrameworkContract {

  @Test
  void theVersionUnderTest_isTheOneTheBuildNames() {
    String jar = Jetty.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    assertThat(jar).endsWith("-" + System.getProperty("ktor.version") + ".jar");
  }

  @Override
  public Library library() {
    return Library.of("Ktor on Jetty", Jetty.class);
  }

  @Override
  protected ContractServer start() {
    return KtorApplication.start(Jetty.INSTANCE);
  }
}
