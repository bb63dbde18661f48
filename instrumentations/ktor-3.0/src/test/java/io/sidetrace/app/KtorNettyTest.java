package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.ktor.server.netty.Netty;
import io.sidetrace.instrumentation.testing.ContractServer;
import io.sidetrace.instrumentation.testing.FrameworkContract;
import io.sidetrace.instrumentation.testing.coverage.Library;
import org.junit.jupiter.api.Test;

class KtorNettyTest extends FrameworkContract {

  @Test
  void theVersionUnderTest_isTheOneTheBuildNames() {
    String jar = Netty.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    assertThat(jar).endsWith("-" + System.getProperty("ktor.version") + ".jar");
  }

  @Override
  public Library library() {
    return Library.of("Ktor on Netty", Netty.class);
  }

  @Override
  protected ContractServer start() {
    return KtorApplication.start(Netty.INSTANCE);
  }
}
