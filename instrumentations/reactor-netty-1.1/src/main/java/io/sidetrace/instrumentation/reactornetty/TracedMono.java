package io.sidetrace.instrumentation.reactornetty;

import io.sidetrace.agent.api.Outgoing;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.netty.http.client.HttpClientConfig;

/** Begins a call for each subscription. */
final class TracedMono<T> extends MonoOperator<T, T> {
  private final HttpClientConfig config;

  TracedMono(Mono<? extends T> source, HttpClientConfig config) {
    super(source);
    this.config = config;
  }

  @Override
  public void subscribe(CoreSubscriber<? super T> actual) {
    Outgoing out = Outgoing.begin("reactor-netty", config.method().name(), this::url);
    source.subscribe(out == null ? actual : new TracedSubscriber<>(actual, new Traced(out)));
  }

  /**
   * @return null if the URI is known to the subscription alone
   */
  private @Nullable String url() {
    String uri = config.uri();
    if (uri == null || !uri.startsWith("/")) {
      return uri;
    }
    String base = config.baseUrl();
    if (base != null) {
      return base.endsWith("/") ? base + uri.substring(1) : base + uri;
    }
    return config.remoteAddress().get() instanceof InetSocketAddress remote
        ? (config.isSecure() ? "https://" : "http://")
            + remote.getHostString()
            + ':'
            + remote.getPort()
            + uri
        : uri;
  }
}
