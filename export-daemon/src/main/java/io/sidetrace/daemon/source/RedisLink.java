package io.sidetrace.daemon.source;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Opens connections to a Redis of any kind. Every wait is bounded, since a Redis that hangs answers
 * nothing at all. Used by the source's thread; {@link #watcher} is for the one that watches it.
 */
final class RedisLink implements AutoCloseable {
  /** A connection may take so long to open: a sentinel or node that hangs is asked first. */
  static final Duration OPEN = Duration.ofSeconds(5);

  /** Errors of a server that is not, or not any more, the one to ask. */
  private static final Pattern ELSEWHERE =
      Pattern.compile(
          "(READONLY|CLUSTERDOWN|MASTERDOWN|UNBLOCKED|MOVED|LOADING)\\b.*", Pattern.DOTALL);

  private final ClientResources resources;
  private final RedisTarget target;
  private final AbstractRedisClient client;
  private final RedisLine watcher = new RedisLine(this::connect);

  /**
   * @param readWait how long a read may block before it answers
   */
  RedisLink(RedisTarget target, Duration readWait) {
    this.resources =
        ClientResources.builder().ioThreadPoolSize(2).computationThreadPoolSize(2).build();
    this.target = target;
    this.client = client(resources, target, readWait.plus(RedisTarget.ANSWER));
  }

  private static AbstractRedisClient client(
      ClientResources resources, RedisTarget target, Duration timeout) {
    boolean cluster = target.kind() == RedisTarget.Kind.CLUSTER;
    // Connecting again is up to us: it has to begin with asking who the master is.
    ClientOptions options =
        ClientOptions.builder()
            .autoReconnect(false)
            // A cluster's connections to its nodes open when they are used: then commands wait.
            .disconnectedBehavior(
                cluster
                    ? DisconnectedBehavior.ACCEPT_COMMANDS
                    : DisconnectedBehavior.REJECT_COMMANDS)
            .socketOptions(
                SocketOptions.builder().connectTimeout(RedisTarget.ANSWER).keepAlive(true).build())
            .timeoutOptions(TimeoutOptions.enabled(timeout))
            .sslOptions(target.ssl())
            .build();
    if (cluster) {
      RedisClusterClient nodes = RedisClusterClient.create(resources, target.uris());
      nodes.setOptions(ClusterClientOptions.builder(options).build());
      return nodes;
    }
    RedisClient single = RedisClient.create(resources);
    single.setOptions(options);
    return single;
  }

  private CompletableFuture<StatefulConnection<String, byte[]>> connect() {
    if (client instanceof RedisClusterClient cluster) {
      return cluster
          .refreshPartitionsAsync()
          .thenCompose(refreshed -> cluster.connectAsync(codec()))
          .<StatefulConnection<String, byte[]>>thenApply(open -> open)
          .toCompletableFuture();
    }
    return connect(target.uris().get(0));
  }

  private CompletableFuture<StatefulConnection<String, byte[]>> connect(RedisURI to) {
    return ((RedisClient) client)
        .connectAsync(codec(), to)
        .<StatefulConnection<String, byte[]>>thenApply(open -> open)
        .toCompletableFuture();
  }

  /** Which streams one command can read: all, or in a cluster, where they lie apart, each alone. */
  List<List<String>> together(List<String> streams) {
    return target.kind() == RedisTarget.Kind.CLUSTER
        ? streams.stream().map(List::of).toList()
        : List.of(streams);
  }

  /** A connection of its own, opened when it is used. */
  RedisLine line() {
    return new RedisLine(this::connect);
  }

  /** The connection for looking on from another thread. */
  RedisClusterAsyncCommands<String, byte[]> watcher() {
    return watcher.commands();
  }

  /** After trouble: gives up the connection for looking on if it may come from where it leads. */
  void dropWatcherAfter(RedisException trouble) {
    if (isElsewhere(trouble)) {
      watcher.drop();
    }
  }

  /** Looks at every server of the deployment. */
  RedisServers servers() {
    if (client instanceof RedisClusterClient cluster) {
      return RedisServers.ofCluster(await(cluster.connectAsync(codec()), OPEN));
    }
    RedisClient single = (RedisClient) client;
    RedisURI uri = target.uris().get(0);
    return target.kind() == RedisTarget.Kind.SENTINEL
        ? RedisServers.bySentinel(single, uri)
        : RedisServers.single(single, uri);
  }

  /** Whether a connection is to be given up, as it may lead to where the trouble comes from. */
  static boolean isElsewhere(RedisException trouble) {
    return !(trouble instanceof RedisCommandExecutionException)
        || ELSEWHERE.matcher(String.valueOf(trouble.getMessage())).matches();
  }

  private static RedisCodec<String, byte[]> codec() {
    return RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);
  }

  /**
   * Waits for an answer, two seconds at most.
   *
   * @throws RedisException if it is an error or does not come
   */
  static <T> T await(Future<T> answer) {
    return await(answer, RedisTarget.ANSWER);
  }

  static <T> T await(Future<T> answer, Duration limit) {
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw cause instanceof RedisException redis ? redis : new RedisException(cause);
    } catch (TimeoutException e) {
      throw new RedisException("no answer within " + limit.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RedisException("interrupted", e);
    }
  }

  /** What Redis or the network said, out of the wrappings of clients and futures. */
  static String reason(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return message.startsWith("MOVED") || message.startsWith("CROSSSLOT")
        ? message + "; it is a node of a cluster: write redis-cluster:// in the URL"
        : message;
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, Duration.ofMillis(500));
    resources.shutdown(0, 500, TimeUnit.MILLISECONDS).awaitUninterruptibly(500);
  }
}
