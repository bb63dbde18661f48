package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.coverage.Covered;
import io.sidetrace.instrumentation.testing.coverage.Library;
import io.sidetrace.instrumentation.testing.coverage.Limit;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelResponse;

/** Bedrock's runtime through an HTTP client of the AWS SDK. */
final class BedrockHttp implements Covered {
  final String client;
  private final String title;
  private final SdkHttpClient blocking;
  private final SdkAsyncHttpClient async;

  private BedrockHttp(
      String title, String client, SdkHttpClient blocking, SdkAsyncHttpClient async) {
    this.title = title;
    this.client = client;
    this.blocking = blocking;
    this.async = async;
  }

  /**
   * @param client what its calls are recorded as
   */
  static BedrockHttp blocking(String title, String client, SdkHttpClient http) {
    return new BedrockHttp(title, client, http, null);
  }

  static BedrockHttp async(String title, SdkAsyncHttpClient http) {
    return new BedrockHttp(title, "aws-sdk", null, http);
  }

  @Override
  public String toString() {
    return title;
  }

  @Override
  public Library library() {
    return Library.of("AWS Bedrock runtime, " + title, BedrockRuntimeClient.class);
  }

  @Override
  public Map<Limit, String> limits() {
    return async != null
        ? Map.of()
        : Map.of(
            Limit.NO_STREAM, "its streams are asynchronous.",
            Limit.NO_ASYNC, "it blocks.");
  }

  BedrockRuntimeAsyncClient async(URI server) {
    return Bedrock.async(server, async);
  }

  CompletableFuture<ConverseResponse> converse(URI server, ConverseRequest request) {
    return async != null
        ? Bedrock.async(server, async).converse(request)
        : CompletableFuture.completedFuture(Bedrock.blocking(server, blocking).converse(request));
  }

  CompletableFuture<InvokeModelResponse> invoke(URI server, InvokeModelRequest request) {
    return async != null
        ? Bedrock.async(server, async).invokeModel(request)
        : CompletableFuture.completedFuture(
            Bedrock.blocking(server, blocking).invokeModel(request));
  }
}
