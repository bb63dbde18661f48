package io.sidetrace.app;

import java.net.http.HttpClient;

class QuarkusHttp2Test extends QuarkusTest {

  @Override
  protected HttpClient.Version version() {
    return HttpClient.Version.HTTP_2;
  }
}
