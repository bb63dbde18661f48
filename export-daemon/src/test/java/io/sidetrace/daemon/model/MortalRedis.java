package io.sidetrace.daemon.model;

import io.lettuce.core.Consumer;
import io.lettuce.core.RedisException;
import io.lettuce.core.XAutoClaimArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.sidetrace.daemon.RedisProducer;
import io.sidetrace.event.EventStream;
import io.sidetrace.harness.RedisProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A Redis that is killed and frozen, and others that read from it. */
final class MortalRedis implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final RedisProcess redis;
  private RedisProducer producer;
  private boolean up = true;
  private boolean frozen;
  private int others;
  private int failures;

  MortalRedis(Path folder) {
    redis = RedisProcess.start(folder);
    producer = new RedisProducer(redis.url(), PATIENCE);
  }

  /** Commands of others that came to nothing. */
  int failures() {
    return failures;
  }

  String url() {
    return redis.url();
  }

  boolean isUp() {
    return up;
  }

  boolean isFrozen() {
    return frozen;
  }

  void kill() {
    up = false;
    frozen = false;
    redis.program().kill();
  }

  void restart() {
    redis.restart();
    up = true;
    producer.close();
    producer = new RedisProducer(redis.url(), PATIENCE);
  }

  void freeze() {
    frozen = true;
    redis.program().suspend();
  }

  void thaw() {
    frozen = false;
    redis.program().resume();
  }

  /**
   * @return false if nobody knows whether Redis has it
   */
  boolean add(Map<String, byte[]> entry) {
    try {
      producer.commands().xadd(EventStream.KEY, entry);
      return true;
    } catch (RedisException e) {
      return false;
    }
  }

  /** Somebody else of the group reads some entries and is not heard of again. */
  @SuppressWarnings("unchecked") // an array of a generic type
  void readAndDie() {
    tryTo(
        () ->
            producer
                .commands()
                .xreadgroup(
                    other(),
                    XReadArgs.Builder.count(3),
                    StreamOffset.lastConsumed(EventStream.KEY)));
  }

  /** Somebody else takes over what the daemons hold, and is not heard of again. */
  void stealAndDie() {
    tryTo(
        () ->
            producer
                .commands()
                .xautoclaim(
                    EventStream.KEY,
                    new XAutoClaimArgs<String>()
                        .consumer(other())
                        .minIdleTime(0)
                        .startId("0-0")
                        .count(5)
                        .justid()));
  }

  private Consumer<String> other() {
    return Consumer.from(EventStream.GROUP, "other-" + others++);
  }

  private void tryTo(Runnable command) {
    try {
      command.run();
    } catch (RedisException e) {
      failures++; // Redis is busy, or no daemon has made the group yet
    }
  }

  /** True if no entry is left, read or not. */
  boolean isEmpty() {
    try {
      return producer.commands().xlen(EventStream.KEY) == 0
          && producer.commands().xpending(EventStream.KEY, EventStream.GROUP).getCount() == 0;
    } catch (RedisException e) {
      return false;
    }
  }

  @Override
  public void close() {
    producer.close();
    redis.close();
  }
}
