package io.sidetrace.app;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/** Clients of the stand-in for Bedrock, without retries. */
final class Bedrock {
  static final String MODEL = "anthropic.claude-3-haiku-20240307-v1:0";
  private static final StaticCredentialsProvider KEYS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret"));

  private Bedrock() {}

  static BedrockRuntimeClient blocking(URI server) {
    return BedrockRuntimeClient.builder()
        .httpClient(ApacheHttpClient.create())
        .endpointOverride(server)
        .region(Region.US_EAST_1)
        .credentialsProvider(KEYS)
        .build();
  }

  static BedrockRuntimeAsyncClient async(URI server) {
    return BedrockRuntimeAsyncClient.builder()
        .httpClient(NettyNioAsyncHttpClient.create())
        .endpointOverride(server)
        .region(Region.US_EAST_1)
        .credentialsProvider(KEYS)
        .build();
  }
}
