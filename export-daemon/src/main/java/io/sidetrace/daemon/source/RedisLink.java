package io.sidetrace.daemon.source;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Two connections to Redis: one that blocks in reading, one for everything else. Every wait is
 * bounded, since a Redis that hangs answers nothing at all. Used by the source's thread; a third is
 * for the one that watches it.
 */
final class RedisLink implements AutoCloseable {
  private static final Duration ANSWER = Duration.ofSeconds(2);

  private final ClientResources resources;
  private final RedisURI uri;
  private final RedisClient client;
  private @Nullable StatefulRedisConnection<String, byte[]> reading;
  private @Nullable StatefulRedisConnection<String, byte[]> commanding;
  private @Nullable StatefulRedisConnection<String, byte[]> watching;

  /**
   * @param readWait how long a read may block before it answers
   */
  RedisLink(RedisURI uri, Duration readWait) {
    this.resources =
        ClientResources.builder().ioThreadPoolSize(2).computationThreadPoolSize(2).build();
    this.uri = uri;
    this.client = RedisClient.create(resources, uri);
    client.setOptions(
        ClientOptions.builder()
            .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
            .socketOptions(SocketOptions.builder().connectTimeout(ANSWER).keepAlive(true).build())
            .timeoutOptions(TimeoutOptions.enabled(readWait.plus(ANSWER)))
            .build());
  }

  /** The connection for blocking reads. */
  RedisAsyncCommands<String, byte[]> reader() {
    StatefulRedisConnection<String, byte[]> open = reading;
    if (open == null) {
      open = client.connect(codec());
      reading = open;
    }
    return open.async();
  }

  /** The connection for all other commands. */
  RedisAsyncCommands<String, byte[]> commands() {
    StatefulRedisConnection<String, byte[]> open = commanding;
    if (open == null) {
      open = client.connect(codec());
      commanding = open;
    }
    return open.async();
  }

  /**
   * The connection for looking on from another thread.
   *
   * @throws RedisException if it is not there within two seconds
   */
  RedisAsyncCommands<String, byte[]> watcher() {
    StatefulRedisConnection<String, byte[]> open = watching;
    if (open == null) {
      open = await(client.connectAsync(codec(), uri));
      watching = open;
    }
    return open.async();
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
    try {
      return answer.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw cause instanceof RedisException redis ? redis : new RedisException(cause);
    } catch (TimeoutException e) {
      throw new RedisException("no answer within " + ANSWER.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RedisException("interrupted", e);
    }
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, Duration.ofMillis(500));
    resources.shutdown(0, 500, TimeUnit.MILLISECONDS).awaitUninterruptibly(500);
  }
}
