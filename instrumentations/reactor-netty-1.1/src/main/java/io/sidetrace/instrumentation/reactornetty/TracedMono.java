package io.sidetrace.instrumentation.reactornetty;

import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.Guard;
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
    Traced traced = begin();
    source.subscribe(traced == null ? actual : new TracedSubscriber<>(actual, traced));
  }

  private @Nullable Traced begin() {
    try {
      Context caller = Context.current();
      String method = config.method().name();
      String url = ClientCall.mayBegin(caller, method) ? url() : null;
      ClientCall call = url == null ? null : ClientCall.begin(caller, "reactor-netty", method, url);
      return call == null && caller == null ? null : new Traced(caller, call);
    } catch (Throwable t) {
      Guard.failed(t);
      return null;
    }
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
