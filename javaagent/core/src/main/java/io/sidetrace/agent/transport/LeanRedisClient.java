package io.sidetrace.agent.transport;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisAsyncCommandsImpl;
import io.lettuce.core.RedisChannelWriter;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisReactiveCommandsImpl;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.StatefulRedisConnectionImpl;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.protocol.PushHandler;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lettuce without its three faces of some 500 commands each, of which we use two: building them
 * loads 300 classes and costs a third of the time to connect. Commands are dispatched on the
 * connection itself.
 */
final class LeanRedisClient extends RedisClient {
  /** Running Lettuce cold on a busy machine takes a good second of it. */
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final RedisURI address;
  private final EventLoopGroup loop;

  private LeanRedisClient(RedisURI address, EventLoopGroup loop) {
    super(new RedisResources(loop), address);
    this.address = address;
    this.loop = loop;
    setOptions(
        ClientOptions.builder()
            .autoReconnect(false)
            .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
            .socketOptions(
                SocketOptions.builder().connectTimeout(CONNECT_TIMEOUT).keepAlive(true).build())
            // We look at the oldest answer's age instead: no timer per command.
            .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
            .build());
  }

  static LeanRedisClient startFor(String url) {
    RedisURI address = RedisURI.create(url);
    address.setTimeout(CONNECT_TIMEOUT);
    return new LeanRedisClient(
        address,
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("sidetrace-redis", true), NioIoHandler.newFactory()));
  }

  CompletionStage<StatefulRedisConnection<byte[], byte[]>> connection() {
    return connectAsync(ByteArrayCodec.INSTANCE, address);
  }

  /** Ends the thread, without waiting for it. */
  void end() {
    var unused = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  @Override
  protected <K, V> StatefulRedisConnectionImpl<K, V> newStatefulRedisConnection(
      RedisChannelWriter writer, PushHandler pushes, RedisCodec<K, V> codec, Duration timeout) {
    return new Connection<>(writer, pushes, codec, timeout);
  }

  private static final class Connection<K, V> extends StatefulRedisConnectionImpl<K, V> {
    private Connection(
        RedisChannelWriter writer, PushHandler pushes, RedisCodec<K, V> codec, Duration timeout) {
      super(writer, pushes, codec, timeout);
    }

    @Override
    @SuppressWarnings("NullAway") // sync() gives null: nobody calls it.
    protected @Nullable RedisCommands<K, V> newRedisSyncCommandsImpl() {
      return null;
    }

    @Override
    @SuppressWarnings("NullAway") // as above
    protected @Nullable RedisAsyncCommandsImpl<K, V> newRedisAsyncCommandsImpl() {
      return null;
    }

    @Override
    @SuppressWarnings("NullAway") // as above
    protected @Nullable RedisReactiveCommandsImpl<K, V> newRedisReactiveCommandsImpl() {
      return null;
    }
  }
}
