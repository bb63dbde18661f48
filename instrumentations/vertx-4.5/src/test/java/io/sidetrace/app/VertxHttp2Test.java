package io.sidetrace.app;

import java.net.http.HttpClient;

class VertxHttp2Test extends VertxTest {

  @Override
  HttpClient.Version version() {
    return HttpClient.Version.HTTP_2;
  }
}
