package io.sidetrace.agent.transport;

import io.sidetrace.agent.transport.RedisConnection.State;
import io.sidetrace.event.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * The way to Redis that never makes its user wait: commands are collected until {@link #flush},
 * answers come as futures, and while there is no connection commands fail at once. Connecting again
 * is up to the user. For one thread.
 */
final class RedisLink {
  /** Errors of a server that is not, or not any more, the one to add to. */
  private static final Pattern ELSEWHERE =
      Pattern.compile("(READONLY|MOVED|ASK|CLUSTERDOWN|MASTERDOWN)\\b");

  private final RedisTarget target;
  private final byte[] stream;
  private List<RedisCommand> collected = new ArrayList<>();
  private @Nullable RedisConnection connection;

  /**
   * @param target as for {@link RedisAddress#of}
   * @param stream as for {@link RedisLookup}
   */
  RedisLink(RedisTarget target, byte[] stream) {
    this.target = target;
    this.stream = stream;
  }

  void connect() {
    connection = RedisConnection.start(target, stream);
  }

  boolean connecting() {
    return connection != null && connection.state() == State.CONNECTING;
  }

  boolean connected() {
    return connection != null && connection.state() == State.OPEN;
  }

  /** Why {@link #connect} failed, told once; null while it goes on, and if it succeeded. */
  @Nullable Throwable failure() {
    if (connection == null || connection.state() != State.ENDED) {
      return null;
    }
    Throwable failure = connection.failure();
    connection = null;
    return failure == null ? null : root(failure);
  }

  /**
   * Redis: XADD.
   *
   * @param frames not to be changed before the answer is there; after a failure, never
   */
  CompletableFuture<Object> add(byte[] stream, Slice frames) {
    return collect(RedisCommand.add(stream, frames));
  }

  /** Redis: XLEN. */
  CompletableFuture<Object> length(byte[] stream) {
    return collect(RedisCommand.length(stream));
  }

  private CompletableFuture<Object> collect(RedisCommand command) {
    if (connected()) {
      collected.add(command);
    } else {
      command.answer().completeExceptionally(new IllegalStateException("not connected"));
    }
    return command.answer();
  }

  /** Sends what was collected. */
  void flush() {
    if (connection != null && !collected.isEmpty()) {
      connection.send(collected);
      collected = new ArrayList<>();
    }
  }

  /** Gives the connection up; what was not answered fails. Does not wait. */
  void disconnect() {
    if (connection != null) {
      connection.end();
      flush();
      connection = null;
    }
  }

  /** Whether Redis itself said so, over a connection that is good: it leads where it should. */
  static boolean isRefusal(Throwable why) {
    return why instanceof JedisDataException
        && !ELSEWHERE.matcher(String.valueOf(why.getMessage())).lookingAt();
  }

  /** What Redis or the network said, out of the wrappings of clients and futures. */
  static Throwable root(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return cause;
  }
}
