package io.sidetrace.agent.transport;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * One connection to Redis, on a thread of its own that writes the commands of a batch in one go and
 * then reads their answers. Jedis opens the socket, logs in and reads. Everybody else hands over
 * and looks, and never waits. What has ended stays so: connecting again takes a new one.
 */
final class RedisConnection implements Runnable, JedisSocketFactory {
  /** Larger pieces are written from where they lie. */
  private static final int BUFFER_BYTES = 16 << 10;

  /** Then a PING shows whether Redis is there, and keeps what lies between from hanging up. */
  private static final int IDLE_SECONDS = 5;

  private final RedisTarget target;
  private final byte[] stream;
  private final LinkedBlockingQueue<List<RedisCommand>> batches = new LinkedBlockingQueue<>();
  private volatile State state = State.CONNECTING;
  private volatile @Nullable Throwable failure;
  private volatile @Nullable Socket socket;
  private @Nullable RedisAddress address;
  private @Nullable HostAndPort server;

  enum State {
    CONNECTING,
    OPEN,
    ENDED
  }

  private RedisConnection(RedisTarget target, byte[] stream) {
    this.target = target;
    this.stream = stream;
  }

  /**
   * Begins to connect.
   *
   * @param target as for {@link RedisAddress#of}; if it is none the connection ends at once
   * @param stream as for {@link RedisLookup}
   */
  static RedisConnection start(RedisTarget target, byte[] stream) {
    RedisConnection connection = new RedisConnection(target, stream);
    daemon("sidetrace-redis", connection);
    return connection;
  }

  State state() {
    return state;
  }

  /** Why it ended; null while it lives. */
  @Nullable Throwable failure() {
    return failure;
  }

  /** Their answers come in this order. Once the connection has ended they fail. */
  void send(List<RedisCommand> batch) {
    batches.add(batch);
    if (state == State.ENDED) {
      failWaiting();
    }
  }

  /** What has no answer yet fails. The socket is closed elsewhere: with TLS that may wait. */
  void end() {
    end(new IOException("the connection was given up"));
    Socket open = socket;
    if (open != null) {
      daemon("sidetrace-redis-end", () -> close(open));
    }
    batches.add(List.of()); // wakes the thread
  }

  @Override
  public void run() {
    try {
      RedisAddress to = RedisAddress.of(target);
      address = to;
      server = new RedisLookup(to, stream).server();
      try (Connection connection = new Connection(this, to.config())) {
        serve(connection, Objects.requireNonNull(socket));
      }
    } catch (Throwable e) {
      end(e);
    } finally {
      failWaiting();
    }
  }

  private synchronized void end(Throwable why) {
    if (state != State.ENDED) {
      failure = why;
      state = State.ENDED;
    }
  }

  private synchronized void open() {
    if (state == State.CONNECTING) {
      state = State.OPEN;
    }
  }

  /** For Jedis. We keep the socket: to write to it ourselves, and to end a wait on it. */
  @Override
  public Socket createSocket() {
    HostAndPort to = Objects.requireNonNull(server);
    JedisClientConfig config = Objects.requireNonNull(address).config();
    Socket opened = new DefaultJedisSocketFactory(to, config).createSocket();
    socket = opened;
    return opened;
  }

  private void serve(Connection connection, Socket open) throws IOException, InterruptedException {
    OutputStream out = new BufferedOutputStream(open.getOutputStream(), BUFFER_BYTES);
    open();
    while (state == State.OPEN) {
      List<RedisCommand> batch = batches.poll(IDLE_SECONDS, TimeUnit.SECONDS);
      exchange(batch == null ? List.of(RedisCommand.ping()) : batch, connection, out);
    }
  }

  private void exchange(List<RedisCommand> batch, Connection connection, OutputStream out) {
    try {
      for (RedisCommand command : batch) {
        command.write(out);
      }
      out.flush();
      for (RedisCommand command : batch) {
        answer(command, connection);
      }
    } catch (IOException | RuntimeException e) {
      end(e);
      fail(batch);
    }
  }

  private static void answer(RedisCommand command, Connection connection) {
    try {
      command.answer().complete(connection.getOne());
    } catch (JedisDataException refusal) {
      command.answer().completeExceptionally(refusal);
    }
  }

  private void failWaiting() {
    for (List<RedisCommand> batch = batches.poll(); batch != null; batch = batches.poll()) {
      fail(batch);
    }
  }

  /** Those that were answered stay so. */
  private void fail(List<RedisCommand> batch) {
    Throwable why = failure;
    for (RedisCommand command : batch) {
      command.answer().completeExceptionally(why == null ? new IOException("not connected") : why);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Closed all the same; the far end may see it later.
    }
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(null, work, name, 0, false);
    thread.setDaemon(true);
    thread.start();
  }
}
