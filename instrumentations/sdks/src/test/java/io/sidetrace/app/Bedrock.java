package io.sidetrace.app;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/** Clients of the stand-in for Bedrock. */
final class Bedrock {
  static final String MODEL = "anthropic.claude-3-haiku-20240307-v1:0";
  private static final StaticCredentialsProvider KEYS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret"));

  private Bedrock() {}

  static BedrockRuntimeClient blocking(URI server, SdkHttpClient http) {
    return BedrockRuntimeClient.builder()
        .httpClient(http)
        .endpointOverride(server)
        .region(Region.US_EAST_1)
        .credentialsProvider(KEYS)
        .build();
  }

  static BedrockRuntimeAsyncClient async(URI server, SdkAsyncHttpClient http) {
    return BedrockRuntimeAsyncClient.builder()
        .httpClient(http)
        .endpointOverride(server)
        .region(Region.US_EAST_1)
        .credentialsProvider(KEYS)
        .build();
  }
}
