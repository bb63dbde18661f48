package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.coverage.Covered;
import io.sidetrace.instrumentation.testing.coverage.Library;
import io.sidetrace.instrumentation.testing.coverage.Limit;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelResponse;

/** Bedrock's runtime through each HTTP client of the AWS SDK. */
@SuppressWarnings({"deprecation", "ImmutableEnumChecker"}) // Apache 4: what most use; clients
enum BedrockHttp implements Covered {
  APACHE("Apache HttpClient 4", "apache-httpclient-4", ApacheHttpClient.create()),
  URL_CONNECTION("HttpURLConnection", "HttpURLConnection", UrlConnectionHttpClient.create()),
  CRT_BLOCKING("CRT, blocking", "aws-sdk", AwsCrtHttpClient.create()),
  NETTY("Netty", NettyNioAsyncHttpClient.create()),
  CRT("CRT", AwsCrtAsyncHttpClient.create());

  final String client;
  private final String title;
  private final SdkHttpClient blocking;
  private final SdkAsyncHttpClient async;

  BedrockHttp(String title, String client, SdkHttpClient blocking) {
    this.title = title;
    this.client = client;
    this.blocking = blocking;
    this.async = null;
  }

  BedrockHttp(String title, SdkAsyncHttpClient async) {
    this.title = title;
    this.client = "aws-sdk";
    this.blocking = null;
    this.async = async;
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
