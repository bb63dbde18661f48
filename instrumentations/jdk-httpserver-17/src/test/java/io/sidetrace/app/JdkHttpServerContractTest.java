package io.sidetrace.app;

import com.sun.net.httpserver.HttpServer;
import io.sidetrace.instrumentation.testing.ContractApplication;
import io.sidetrace.instrumentation.testing.ContractServer;
import io.sidetrace.instrumentation.testing.ServerCallContract;
import io.sidetrace.instrumentation.testing.coverage.Library;
import java.io.IOException;

class JdkHttpServerContractTest extends ServerCallContract {

  @Override
  public Library library() {
    return Library.of("com.sun.net.httpserver", HttpServer.class);
  }

  @Override
  protected ContractServer start(ContractApplication application) throws IOException {
    return JdkServer.start(HttpServer.create(JdkServer.freePort(), 0), application);
  }

  @Override
  protected int statusOfFailure() {
    return 0;
  }
}
