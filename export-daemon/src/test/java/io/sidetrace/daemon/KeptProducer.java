package io.sidetrace.daemon;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.sidetrace.event.EventStream;
import io.sidetrace.harness.RedisProcess;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Adds events one by one to whoever is the master, and knows which of them Redis kept: those that a
 * replica had when they were acknowledged, and those that the last master acknowledged.
 */
public final class KeptProducer implements AutoCloseable {
  private static final Duration ANSWER = Duration.ofSeconds(1);

  private final RedisClient client = RedisClient.create();
  private final Supplier<RedisProcess> master;
  private final String stream;
  private final Set<Long> replicated = ConcurrentHashMap.newKeySet();
  private final Map<Long, Integer> acknowledgedBy = new ConcurrentHashMap<>();
  private final AtomicLong next = new AtomicLong();
  private final Thread thread;
  private volatile boolean stopped;

  /** Begins at once. */
  public KeptProducer(Supplier<RedisProcess> master, String stream) {
    this.master = master;
    this.stream = stream;
    this.thread = new Thread(this::run, "producer");
    thread.start();
  }

  /** How many events were acknowledged so far. */
  public int acknowledged() {
    return acknowledgedBy.size();
  }

  /**
   * Adds no more.
   *
   * @return the numbers of the events that must come out
   */
  public Set<Long> stop() throws InterruptedException {
    stopped = true;
    thread.join();
    int last = master.get().port();
    Map<Long, Integer> kept = new HashMap<>(acknowledgedBy);
    kept.entrySet().removeIf(e -> e.getValue() != last && !replicated.contains(e.getKey()));
    return kept.keySet();
  }

  private void run() {
    while (!stopped) {
      try {
        RedisProcess to = master.get();
        RedisURI uri = RedisURI.create(to.url());
        uri.setTimeout(ANSWER);
        try (StatefulRedisConnection<String, byte[]> open =
            client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE), uri)) {
          while (!stopped) {
            add(next.getAndIncrement(), to.port(), open);
          }
        }
      } catch (RedisException | IllegalStateException | UncheckedIOException e) {
        // Nobody is the master at the moment; the event that was under way may be there or not.
        Thread.onSpinWait();
      }
    }
  }

  private void add(long number, int port, StatefulRedisConnection<String, byte[]> open) {
    byte[] segment = FakeAgent.segmentOf(List.of(FakeAgent.frame(number)));
    byte[] frames = Arrays.copyOfRange(segment, 4, segment.length);
    open.sync().xadd(stream, Map.of(EventStream.FRAMES, frames));
    acknowledgedBy.put(number, port);
    if (open.sync().waitForReplication(1, 50) > 0) {
      replicated.add(number);
    }
  }

  @Override
  public void close() {
    stopped = true;
    client.shutdown();
  }
}
