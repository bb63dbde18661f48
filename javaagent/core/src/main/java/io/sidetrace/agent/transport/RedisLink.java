package io.sidetrace.agent.transport;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.sidetrace.event.EventStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection to Redis that never makes its user wait: commands are collected until {@link
 * #flush}, answers come as futures, and while there is no connection commands fail at once.
 * Connecting again is up to the user. For one thread.
 */
final class RedisLink implements AutoCloseable {
  private static final ByteArrayCodec BYTES = ByteArrayCodec.INSTANCE;
  private static final byte[] FRAMES = EventStream.FRAMES.getBytes(StandardCharsets.US_ASCII);

  /** Loading Lettuce cold on a busy machine takes a good second of it. */
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("sidetrace-redis", true), NioIoHandler.newFactory());
  private final LeanRedisClient client = new LeanRedisClient(new RedisResources(loop));
  private final RedisURI address;
  private @Nullable CompletableFuture<StatefulRedisConnection<byte[], byte[]>> connecting;
  private @Nullable StatefulRedisConnection<byte[], byte[]> connection;

  /**
   * @param url as Lettuce reads them: {@code redis://[user:password@]host[:port][/db]}
   * @throws IllegalArgumentException if it is none
   */
  RedisLink(String url) {
    address = RedisURI.create(url);
    address.setTimeout(CONNECT_TIMEOUT);
    client.setOptions(
        ClientOptions.builder()
            .autoReconnect(false)
            .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
            .socketOptions(
                SocketOptions.builder().connectTimeout(CONNECT_TIMEOUT).keepAlive(true).build())
            // We look at the oldest answer's age instead: no timer per command.
            .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
            .build());
  }

  /** Host, port and database, without the password. */
  String name() {
    return address.getHost() + ":" + address.getPort() + "/" + address.getDatabase();
  }

  void connect() {
    connecting = client.connectAsync(BYTES, address).toCompletableFuture();
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

  /** Redis: XADD. */
  CompletableFuture<String> add(byte[] stream, byte[] frames) {
    CommandArgs<byte[], byte[]> arguments =
        new CommandArgs<>(BYTES).add(stream).add("*").add(FRAMES).add(frames);
    return dispatch(CommandType.XADD, new StatusOutput<>(BYTES), arguments);
  }

  /** Redis: XLEN. */
  CompletableFuture<Long> length(byte[] stream) {
    CommandArgs<byte[], byte[]> arguments = new CommandArgs<>(BYTES).add(stream);
    return dispatch(CommandType.XLEN, new IntegerOutput<>(BYTES), arguments);
  }

  private <T> CompletableFuture<T> dispatch(
      CommandType type,
      CommandOutput<byte[], byte[], T> output,
      CommandArgs<byte[], byte[]> arguments) {
    AsyncCommand<byte[], byte[], T> command =
        new AsyncCommand<>(new Command<>(type, output, arguments));
    StatefulRedisConnection<byte[], byte[]> current = connection;
    if (current == null) {
      command.completeExceptionally(new IllegalStateException("not connected"));
    } else {
      current.dispatch(command);
    }
    return command;
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
    var unused = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
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
