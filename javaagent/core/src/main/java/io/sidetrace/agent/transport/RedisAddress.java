package io.sidetrace.agent.transport;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.util.JedisURIHelper;

/** Where Redis is, and how to get in. */
record RedisAddress(HostAndPort server, JedisClientConfig config) {
  private static final int DEFAULT_PORT = 6379;

  /** For the network's and Redis's part in connecting, each. */
  private static final int TIMEOUT_MILLIS = 5_000;

  /**
   * @param url {@code redis://[user:password@]host[:port][/db]}, or {@code rediss://} for TLS, with
   *     the host's name checked
   * @throws IllegalArgumentException if it is none
   */
  static RedisAddress of(String url) {
    URI uri = URI.create(url);
    String host = uri.getHost();
    if (host == null) {
      throw new IllegalArgumentException("redis.url names no host");
    }
    return new RedisAddress(
        new HostAndPort(host, uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort()), config(uri));
  }

  private static JedisClientConfig config(URI uri) {
    DefaultJedisClientConfig.Builder config =
        DefaultJedisClientConfig.builder()
            // RESP 2 and no CLIENT SETINFO: a user who may only XADD and XLEN is enough.
            .protocol(RedisProtocol.RESP2)
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
            .connectionTimeoutMillis(TIMEOUT_MILLIS)
            .socketTimeoutMillis(TIMEOUT_MILLIS)
            .database(JedisURIHelper.getDBIndex(uri))
            .user(emptyToNull(JedisURIHelper.getUser(uri)))
            .password(emptyToNull(JedisURIHelper.getPassword(uri)));
    if (JedisURIHelper.isRedisSSLScheme(uri)) {
      config.sslOptions(SslOptions.defaults()); // the JVM's own trust, and the host's name checked
    }
    return config.build();
  }

  private static @Nullable String emptyToNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }
}
