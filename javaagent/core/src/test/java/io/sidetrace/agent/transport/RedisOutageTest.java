package io.sidetrace.agent.transport;

import static io.sidetrace.agent.pipeline.Eventually.assertThatEventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.agent.pipeline.Frames;
import io.sidetrace.agent.pipeline.Pipeline;
import io.sidetrace.agent.pipeline.Spooled;
import io.sidetrace.event.EventStream;
import io.sidetrace.event.Spool;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Events while Redis is away, and when it is there again. */
class RedisOutageTest extends RedisTransportFixture {

  @Test
  void eventsWaitInTheSpoolUntilRedisIsThere() throws Exception {
    try (Pipeline pipeline = start()) {
      offer(pipeline, 0, 500);
      assertThatEventually(
          () -> {
            assertThat(lines.toString()).contains("can't reach Redis 127.0.0.1:");
            assertThat(waiting()).hasSize(500);
          });
      assertThat(pipeline.counts().sent()).isEqualTo(500);

      redis.start();

      assertThatEventually(() -> assertThat(ids()).hasSize(500));
      assertThatEventually(() -> assertThat(Spooled.segments(root, Spool.OPEN)).isEmpty());
      offer(pipeline, 500, 501);
      assertThatEventually(() -> assertThat(ids()).hasSize(501));
      assertThatEventually(() -> assertThat(pipeline.counts().sent()).isEqualTo(501));
    }
    assertThat(redis.events(EventStream.KEY)).hasSize(501);
    assertThat(lines.toString()).contains("answers again").doesNotContain("not handed over");
  }

  @Test
  void theSpoolIsLeftAloneOnceItIsFedBackThoughEventsKeepComing() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    try (Pipeline pipeline = start()) {
      Thread steady =
          new Thread(
              () -> {
                for (long i = 0; !stop.get(); i++) {
                  pipeline.queue().offer(Frames.finished(i, 100));
                  LockSupport.parkNanos(1_000_000);
                }
              });
      steady.start();
      assertThatEventually(() -> assertThat(waiting()).isNotEmpty());
      redis.start();
      assertThatEventually(() -> assertThat(redis.length(EventStream.KEY)).isPositive());
      assertThatEventually(() -> assertThat(Spooled.segments(root, Spool.OPEN)).isEmpty());

      long before = redis.length(EventStream.KEY);
      while (redis.length(EventStream.KEY) < before + 10) {
        assertThat(Spooled.segments(root, Spool.OPEN)).isEmpty();
      }
      stop.set(true);
      steady.join();
    }
  }

  @Test
  void nothingIsLostWhenRedisIsKilledAndComesBack() throws Exception {
    redis.start();
    try (Pipeline pipeline = start()) {
      for (int round = 0; round < 20; round++) {
        offer(pipeline, round * 100L, round * 100L + 100);
        if (round == 5) {
          redis.kill();
        }
        if (round == 12) {
          redis.start();
        }
        long expected = round * 100L + 100;
        assertThatEventually(() -> assertThat(pipeline.counts().sent()).isEqualTo(expected));
      }
      assertThatEventually(() -> assertThat(ids()).hasSize(2_000));
      assertThat(pipeline.counts().missing()).isZero();
      assertThat(pipeline.counts().droppedInAll()).isZero();
    }
  }

  @Test
  void aFrozenRedisCostsNothingButTime() throws Exception {
    redis.start();
    try (Pipeline pipeline = start()) {
      offer(pipeline, 0, 100);
      assertThatEventually(() -> assertThat(ids()).hasSize(100));

      redis.freeze();
      offer(pipeline, 100, 200);
      assertThatEventually(
          () -> {
            assertThat(pipeline.counts().sent()).isEqualTo(200);
            assertThat(lines.toString()).contains("no answer within a second");
          });
      offer(pipeline, 200, 300);
      assertThatEventually(() -> assertThat(pipeline.counts().sent()).isEqualTo(300));
      redis.thaw();

      assertThatEventually(() -> assertThat(ids()).hasSize(300));
      assertThat(pipeline.counts().droppedInAll()).isZero();
    }
  }
}
