package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.ContractServer;
import java.net.http.HttpClient;

/** Micronaut 4.0 gives each stream a channel, newer ones read the frames of the connection. */
class MicronautHttp2Test extends MicronautTest {

  @Override
  protected HttpClient.Version version() {
    return HttpClient.Version.HTTP_2;
  }

  @Override
  protected ContractServer start() {
    return start("2.0");
  }
}
