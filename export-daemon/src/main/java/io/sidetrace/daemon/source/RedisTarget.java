package io.sidetrace.daemon.source;

import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.cluster.RedisClusterURIUtil;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which Redis, and whom to trust there.
 *
 * <ul>
 *   <li>{@code redis://[user:password@]host[:port][/db]}: one server
 *   <li>{@code redis-sentinel://[user:password@]host[:port][,host…][/db]#name}: the master that
 *       these sentinels know by the name
 *   <li>{@code redis-cluster://[user:password@]host[:port][,host…]}: a cluster, found by some nodes
 * </ul>
 *
 * <p>With {@code rediss} instead of {@code redis} every connection is TLS.
 *
 * @param ca PEM with certificates to trust instead of the JVM's own
 * @param certificate PEM with our own chain, for servers that ask for one, together with key
 * @param key PEM, PKCS 8 without a password
 * @param sentinels who we are to sentinels that ask; null if they do not
 */
public record RedisTarget(
    String url,
    @Nullable Path ca,
    @Nullable Path certificate,
    @Nullable Path key,
    @Nullable Login sentinels) {
  /** For a connection's network part, and for each of its first commands. */
  static final Duration ANSWER = Duration.ofSeconds(2);

  /**
   * A name and its password.
   *
   * @param user null: Redis' default user
   */
  public record Login(@Nullable String user, String password) {
    private void applyTo(RedisURI uri) {
      if (user == null) {
        uri.setAuthentication(password);
      } else {
        uri.setAuthentication(user, password);
      }
    }

    @Override
    public String toString() {
      return user == null ? "default" : user;
    }
  }

  /** What stands behind the URL. */
  enum Kind {
    SERVER,
    SENTINEL,
    CLUSTER
  }

  /** With the JVM's own trust, and nothing to show. */
  public static RedisTarget of(String url) {
    return new RedisTarget(url, null, null, null, null);
  }

  /**
   * Looks before anything connects.
   *
   * @return what is wrong, without passwords; null if nothing is
   */
  public @Nullable String problem() {
    if (kind() == Kind.SENTINEL && url.indexOf('#') < 0) {
      return "redis names no master: add #name, as the sentinels know it";
    }
    try {
      if (kind() != Kind.SENTINEL && uris().stream().anyMatch(uri -> uri.getHost() == null)) {
        return "redis names no host";
      }
    } catch (IllegalArgumentException e) {
      return "redis is no URL of Redis; write redis://host:6379,"
          + " redis-sentinel://host:26379,host:26379#name or redis-cluster://host:6379,host:6379,"
          + " with rediss for TLS";
    }
    for (Path file : files()) {
      if (!Files.isReadable(file)) {
        return "cannot read " + file + " for TLS with Redis";
      }
    }
    return (certificate == null) == (key == null)
        ? null
        : "redis-cert and redis-key belong together; one of them is missing";
  }

  Kind kind() {
    String scheme = scheme();
    return scheme.endsWith("-sentinel")
        ? Kind.SENTINEL
        : scheme.endsWith("-cluster") ? Kind.CLUSTER : Kind.SERVER;
  }

  /**
   * Where to begin: a server, a set of sentinels, or some nodes.
   *
   * @throws IllegalArgumentException if the URL is none
   */
  List<RedisURI> uris() {
    List<RedisURI> uris =
        kind() == Kind.CLUSTER
            ? RedisClusterURIUtil.toRedisURIs(URI.create(url.replaceFirst("-cluster:", ":")))
            : List.of(RedisURI.create(url));
    uris.forEach(uri -> uri.setTimeout(ANSWER));
    uris.forEach(uri -> uri.getSentinels().forEach(this::prepareSentinel));
    return uris;
  }

  private void prepareSentinel(RedisURI sentinel) {
    sentinel.setTimeout(ANSWER);
    if (sentinels != null) {
      sentinels.applyTo(sentinel);
    }
  }

  SslOptions ssl() {
    SslOptions.Builder options = SslOptions.builder().jdkSslProvider();
    if (ca != null) {
      options.trustManager(ca.toFile());
    }
    if (certificate != null && key != null) {
      options.keyManager(certificate.toFile(), key.toFile(), new char[0]);
    }
    return options.build();
  }

  /** Who we are there, as the URL says. */
  String user() {
    int from = url.indexOf("://") + 3;
    int colon = url.indexOf(':', from);
    boolean named = colon > from && colon < url.lastIndexOf('@');
    return named ? url.substring(from, colon) : "default";
  }

  private List<Path> files() {
    List<Path> files = new ArrayList<>();
    for (@Nullable Path file : Arrays.asList(ca, certificate, key)) {
      if (file != null) {
        files.add(file);
      }
    }
    return files;
  }

  private String scheme() {
    int colon = url.indexOf(':');
    return colon < 0 ? "" : url.substring(0, colon);
  }
}
