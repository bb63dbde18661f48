package io.sidetrace.agent.transport;

import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.sidetrace.event.Slice;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One connection to Redis that never makes its user wait: commands are collected until {@link
 * #flush}, answers come as futures, and while there is no connection commands fail at once.
 * Connecting again is up to the user. For one thread.
 */
final class RedisLink implements AutoCloseable {
  private static final ByteArrayCodec BYTES = ByteArrayCodec.INSTANCE;

  private final LeanRedisClient client;
  private @Nullable CompletableFuture<StatefulRedisConnection<byte[], byte[]>> connecting;
  private @Nullable StatefulRedisConnection<byte[], byte[]> connection;

  /**
   * Starts Lettuce, which takes its time.
   *
   * @param url {@code redis://[user:password@]host[:port][/db]}
   * @throws IllegalArgumentException if it is none
   */
  RedisLink(String url) {
    this.client = LeanRedisClient.startFor(url);
  }

  void connect() {
    connecting = client.connection().toCompletableFuture();
  }

  boolean connecting() {
    return connecting != null;
  }

  boolean connected() {
    StatefulRedisConnection<byte[], byte[]> current = connection;
    return current != null && current.isOpen();
  }

  /**
   * Looks whether {@link #connect} has ended.
   *
   * @return why it failed; null while it goes on, and if it succeeded
   */
  @Nullable Throwable endConnecting() {
    CompletableFuture<StatefulRedisConnection<byte[], byte[]>> attempt = connecting;
    if (attempt == null || !attempt.isDone()) {
      return null;
    }
    connecting = null;
    try {
      StatefulRedisConnection<byte[], byte[]> made = attempt.get();
      made.setAutoFlushCommands(false);
      connection = made;
      return null;
    } catch (ExecutionException e) {
      return root(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("a future that is done does not wait", e);
    }
  }

  /**
   * Redis: XADD.
   *
   * @param frames not to be changed before the answer is there; after a failure, never
   */
  CompletableFuture<String> add(byte[] stream, Slice frames) {
    return dispatch(new AddCommand(stream, frames));
  }

  /** Redis: XLEN. */
  CompletableFuture<Long> length(byte[] stream) {
    CommandArgs<byte[], byte[]> arguments = new CommandArgs<>(BYTES).add(stream);
    return dispatch(new Command<>(CommandType.XLEN, new IntegerOutput<>(BYTES), arguments));
  }

  private <T> CompletableFuture<T> dispatch(Command<byte[], byte[], T> command) {
    AsyncCommand<byte[], byte[], T> answer = new AsyncCommand<>(command);
    StatefulRedisConnection<byte[], byte[]> current = connection;
    if (current == null) {
      answer.completeExceptionally(new IllegalStateException("not connected"));
    } else {
      current.dispatch(answer);
    }
    return answer;
  }

  /** Sends what was collected. */
  void flush() {
    StatefulRedisConnection<byte[], byte[]> current = connection;
    if (current != null) {
      current.flushCommands();
    }
  }

  /** Gives the connection up; what was not answered fails. Does not wait. */
  void disconnect() {
    StatefulRedisConnection<byte[], byte[]> current = connection;
    connection = null;
    if (current != null) {
      var unused = current.closeAsync();
    }
  }

  /** Does not wait either. */
  @Override
  public void close() {
    disconnect();
    client.end();
  }

  /** What Redis or the network said, out of the wrappings of futures. */
  static Throwable root(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return cause;
  }
}
