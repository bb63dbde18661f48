package io.sidetrace.daemon.export.langfuse;

import io.sidetrace.event.Slice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Posts OTLP requests to Langfuse. Thread-safe. */
final class LangfuseClient {
  private static final int REASON_BYTES = 1000;

  private final HttpClient http;
  private final HttpRequest.Builder template;
  private final Duration timeout;

  /**
   * What came back.
   *
   * @param body its beginning
   */
  record Answer(int status, HttpHeaders headers, String body) {}

  /**
   * @param timeout for connecting and the answer's head, and again for its body
   */
  LangfuseClient(URI server, String publicKey, String secretKey, Duration timeout, String version) {
    this.timeout = timeout;
    // HTTP/1.1: several requests at once need no more, and offering an upgrade upsets some proxies.
    // No timeout for connecting alone, by which a connection holds its first exchange for ever: the
    // request's own timeout begins with connecting.
    this.http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    byte[] keys = (publicKey + ":" + secretKey).getBytes(StandardCharsets.UTF_8);
    this.template =
        HttpRequest.newBuilder(URI.create(server + "/api/public/otel/v1/traces"))
            .timeout(timeout)
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(keys))
            .header("Content-Type", "application/x-protobuf")
            .header("Content-Encoding", "gzip")
            .header("x-langfuse-ingestion-version", "4")
            .header("x-langfuse-sdk-name", "sidetrace")
            .header("x-langfuse-sdk-version", version);
  }

  /**
   * @throws IOException if no answer came: it may have arrived all the same
   */
  Answer post(Slice body) throws IOException, InterruptedException {
    RequestBody content = new RequestBody(body);
    HttpRequest request = template.copy().POST(content).build();
    ByteArrayOutputStream beginning = new ByteArrayOutputStream();
    CompletableFuture<HttpResponse<Void>> answer =
        http.sendAsync(
            request,
            head ->
                BodySubscribers.ofByteArrayConsumer(
                    part -> part.ifPresent(bytes -> keep(bytes, beginning))));
    try {
      // The request's own timeout ends with the response's head; a body may still hang after it.
      HttpResponse<Void> response = answer.get(timeout.toMillis() * 2, TimeUnit.MILLISECONDS);
      String text = beginning.toString(StandardCharsets.UTF_8);
      return new Answer(response.statusCode(), response.headers(), text);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw cause instanceof IOException io ? io : new IOException(String.valueOf(cause), cause);
    } catch (TimeoutException e) {
      throw new IOException("no whole answer within " + timeout.multipliedBy(2), e);
    } finally {
      answer.cancel(true);
      content.release();
    }
  }

  private static void keep(byte[] bytes, ByteArrayOutputStream beginning) {
    beginning.write(bytes, 0, Math.min(bytes.length, REASON_BYTES - beginning.size()));
  }
}
