package io.sidetrace.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** A service with nothing but the JDK: it asks the model what it is asked. */
public final class PlainProgram {
  private PlainProgram() {}

  public static void main(String[] args) throws IOException {
    URI model = URI.create(System.getenv("OPENAI_BASE_URL") + "/chat/completions");
    HttpClient http = HttpClient.newHttpClient();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/ask", exchange -> answer(exchange, http, model));
    server.start();
    System.out.println("listening on " + server.getAddress().getPort());
  }

  private static void answer(HttpExchange exchange, HttpClient http, URI model) throws IOException {
    try (exchange) {
      byte[] question = exchange.getRequestBody().readAllBytes();
      HttpRequest call =
          HttpRequest.newBuilder(model)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofByteArray(question))
              .build();
      byte[] answer = http.send(call, BodyHandlers.ofString()).body().getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, answer.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(answer);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
