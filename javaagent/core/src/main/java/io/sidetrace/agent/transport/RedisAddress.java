package io.sidetrace.agent.transport;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * Where Redis is, and how to get in.
 *
 * @param seeds the server; or sentinels or nodes of a cluster, of which one is enough
 * @param master its name among the sentinels, empty elsewhere
 * @param config for the server that takes events
 */
record RedisAddress(Kind kind, List<HostAndPort> seeds, String master, JedisClientConfig config) {
  /** For the network's and Redis's part in connecting, each. */
  private static final int TIMEOUT_MILLIS = 5_000;

  /** What stands behind the URL. */
  enum Kind {
    SERVER(6379),
    SENTINEL(26379),
    CLUSTER(6379);

    private final int port;

    Kind(int port) {
      this.port = port;
    }
  }

  /**
   * @param target whose URL is {@code redis://[user:password@]host[:port][/db]}; {@code
   *     redis-sentinel://} with several hosts and {@code #master}; or {@code redis-cluster://} with
   *     several hosts. {@code rediss} is TLS, with the hosts' names checked
   * @throws IllegalArgumentException if it is none, or one of the files for TLS is of no use
   */
  static RedisAddress of(RedisTarget target) {
    String url = target.url();
    Kind kind = kindOf(url);
    URI whole = URI.create(url);
    String authority = whole.getRawAuthority();
    if (authority == null) {
      throw new IllegalArgumentException("redis.url names no host");
    }
    int user = authority.lastIndexOf('@') + 1;
    List<HostAndPort> seeds = new ArrayList<>();
    for (String host : authority.substring(user).split(",", -1)) {
      seeds.add(seed(host, kind));
    }
    if (kind == Kind.SENTINEL && whole.getFragment() == null) {
      throw new IllegalArgumentException("redis.url names no master: add #name");
    }
    String scheme = url.startsWith("rediss") ? "rediss://" : "redis://";
    URI server = URI.create(scheme + authority.substring(0, user) + "host" + whole.getRawPath());
    String master = whole.getFragment() == null ? "" : whole.getFragment();
    return new RedisAddress(kind, List.copyOf(seeds), master, config(server, target));
  }

  /** By its scheme alone. */
  static Kind kindOf(String url) {
    String scheme = url.substring(0, Math.max(0, url.indexOf(':')));
    return scheme.endsWith("-sentinel")
        ? Kind.SENTINEL
        : scheme.endsWith("-cluster") ? Kind.CLUSTER : Kind.SERVER;
  }

  private static HostAndPort seed(String text, Kind kind) {
    URI uri = URI.create("redis://" + text);
    if (uri.getHost() == null) {
      throw new IllegalArgumentException("redis.url names no host");
    }
    return new HostAndPort(uri.getHost(), uri.getPort() < 0 ? kind.port : uri.getPort());
  }

  /** To ask a sentinel: TLS alike, but its users are others than the servers'. */
  JedisClientConfig sentinelConfig() {
    return basics().sslOptions(config.getSslOptions()).build();
  }

  private static JedisClientConfig config(URI uri, RedisTarget target) {
    DefaultJedisClientConfig.Builder config =
        basics()
            .database(JedisURIHelper.getDBIndex(uri))
            .user(emptyToNull(JedisURIHelper.getUser(uri)))
            .password(emptyToNull(JedisURIHelper.getPassword(uri)));
    if (JedisURIHelper.isRedisSSLScheme(uri)) {
      config.sslOptions(RedisTls.options(target));
    }
    return config.build();
  }

  private static DefaultJedisClientConfig.Builder basics() {
    return DefaultJedisClientConfig.builder()
        // RESP 2 and no CLIENT SETINFO: a user who may only XADD and XLEN is enough.
        .protocol(RedisProtocol.RESP2)
        .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
        .connectionTimeoutMillis(TIMEOUT_MILLIS)
        .socketTimeoutMillis(TIMEOUT_MILLIS);
  }

  private static @Nullable String emptyToNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }
}
