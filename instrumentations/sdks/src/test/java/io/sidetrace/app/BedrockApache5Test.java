package io.sidetrace.app;

import java.util.stream.Stream;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;

/** The AWS SDK's later client over Apache, which its lowest version has not. */
class BedrockApache5Test extends BedrockTest {

  static Stream<BedrockHttp> clients() {
    return Stream.of(
        BedrockHttp.blocking(
            "Apache HttpClient 5", "apache-httpclient-5", Apache5HttpClient.create()));
  }
}
