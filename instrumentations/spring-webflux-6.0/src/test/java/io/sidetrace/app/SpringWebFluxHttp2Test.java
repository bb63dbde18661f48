package io.sidetrace.app;

import java.net.http.HttpClient;

class SpringWebFluxHttp2Test extends SpringWebFluxNettyTest {

  @Override
  protected HttpClient.Version version() {
    return HttpClient.Version.HTTP_2;
  }
}
