package io.sidetrace.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The JDK's own road to the model. */
@Component
class Relay {
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI completions;
  private final String apiKey;

  Relay(@Value("${openai.base-url}") String baseUrl, @Value("${openai.api-key}") String apiKey) {
    this.completions = URI.create(baseUrl + "/chat/completions");
    this.apiKey = apiKey;
  }

  byte[] send(byte[] request) throws IOException, InterruptedException {
    HttpRequest call =
        HttpRequest.newBuilder(completions)
            .header("Authorization", "Bearer " + apiKey)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(request))
            .build();
    return http.send(call, BodyHandlers.ofByteArray()).body();
  }
}
