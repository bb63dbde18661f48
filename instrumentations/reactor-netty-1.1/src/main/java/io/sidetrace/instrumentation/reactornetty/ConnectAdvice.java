package io.sidetrace.instrumentation.reactornetty;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientConfig;

/** Around {@code HttpClientConnect.connect}, which all requests come from. */
public final class ConnectAdvice {

  private ConnectAdvice() {}

  public static HttpClientConfig enter(HttpClient client) {
    return client.configuration();
  }

  public static @Nullable Mono<? extends Connection> exit(
      @Nullable HttpClientConfig config, @Nullable Mono<? extends Connection> connection) {
    return config == null || connection == null ? connection : new TracedMono<>(connection, config);
  }
}
