package io.sidetrace.daemon.source;

import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection, opened when it is first used. Never mended: after trouble it is dropped, and the
 * next use opens another, which asks anew who the master is. For one thread.
 */
final class RedisLine {
  private final Supplier<CompletableFuture<StatefulConnection<String, byte[]>>> opening;
  private @Nullable StatefulConnection<String, byte[]> open;

  RedisLine(Supplier<CompletableFuture<StatefulConnection<String, byte[]>>> opening) {
    this.opening = opening;
  }

  /**
   * Opens the connection if there is none.
   *
   * @throws RedisException if that fails or takes longer than five seconds
   */
  RedisClusterAsyncCommands<String, byte[]> commands() {
    StatefulConnection<String, byte[]> connection = open;
    if (connection == null || !connection.isOpen()) {
      drop();
      connection = open();
      open = connection;
    }
    return connection instanceof StatefulRedisClusterConnection<String, byte[]> cluster
        ? cluster.async()
        : ((StatefulRedisConnection<String, byte[]>) connection).async();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for what came too late to end
  private StatefulConnection<String, byte[]> open() {
    CompletableFuture<StatefulConnection<String, byte[]>> coming = opening.get();
    try {
      return RedisLink.await(coming, RedisLink.OPEN);
    } catch (RedisException e) {
      coming.thenAccept(StatefulConnection::closeAsync); // should it come after all
      throw e;
    }
  }

  /** Gives the connection up; what was not answered fails. */
  @SuppressWarnings("FutureReturnValueIgnored") // nor for this
  void drop() {
    StatefulConnection<String, byte[]> connection = open;
    open = null;
    if (connection != null) {
      connection.closeAsync();
    }
  }
}
