package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.Version;
import io.sidetrace.instrumentation.testing.ContractApplication;
import io.sidetrace.instrumentation.testing.ContractServer;
import io.sidetrace.instrumentation.testing.ServerCallContract;
import io.sidetrace.instrumentation.testing.coverage.Library;
import org.junit.jupiter.api.Test;

class NettyContractTest extends ServerCallContract {

  @Test
  void theNettyUnderTest_isTheOneTheBuildNames() {
    assertThat(Version.identify().get("netty-codec-http").artifactVersion())
        .isEqualTo(System.getProperty("netty.version"));
  }

  @Override
  protected boolean pushesBodies() {
    return true;
  }

  @Override
  public Library library() {
    return Library.of("Netty", HttpServerCodec.class);
  }

  @Override
  protected ContractServer start(ContractApplication application) throws Exception {
    return new NettyServer(application).start();
  }
}
