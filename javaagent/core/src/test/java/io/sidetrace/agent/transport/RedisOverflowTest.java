package io.sidetrace.agent.transport;

import static io.sidetrace.agent.pipeline.Eventually.assertThatEventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.agent.pipeline.Frames;
import io.sidetrace.agent.pipeline.Pipeline;
import io.sidetrace.event.Event;
import io.sidetrace.event.EventStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Events that Redis has no room for. */
class RedisOverflowTest extends RedisTransportFixture {

  @Test
  void whatRedisRefusesForLackOfMemoryIsTakenLater() throws Exception {
    redis.start("--maxmemory", "3mb", "--maxmemory-policy", "noeviction");
    try (Pipeline pipeline = start()) {
      for (int i = 0; i < 100; i++) {
        pipeline.queue().offer(Frames.finished(i, 50_000));
      }
      assertThatEventually(
          () -> {
            assertThat(lines.toString()).contains("refuses events: OOM command not allowed");
            assertThat(pipeline.counts().sent()).isEqualTo(100);
          });

      redis.command("CONFIG", "SET", "maxmemory", "100mb");

      assertThatEventually(() -> assertThat(ids()).hasSize(100));
      assertThatEventually(() -> assertThat(lines.toString()).contains("takes events again"));
    }
    assertThat(redis.events(EventStream.KEY)).hasSize(100);
  }

  @Test
  void aLongStreamIsLeftToShrink() throws Exception {
    settings.put("sidetrace.redis.max-length", "20");
    redis.start();
    for (int i = 0; i < 20; i++) {
      redis.command("XADD", EventStream.KEY, "*", "e", "{}");
    }
    try (Pipeline pipeline = start()) {
      // May still be on its way to Redis when its answer about the length comes.
      pipeline.queue().offer(Frames.finished(0, 10));
      assertThatEventually(() -> assertThat(lines.toString()).contains("raise redis.max-length"));

      offer(pipeline, 1, 100);
      assertThatEventually(() -> assertThat(pipeline.counts().sent()).isEqualTo(100));
      assertThat(waiting())
          .extracting(Event::sequence)
          .containsAll(LongStream.range(1, 100).boxed().toList());
      assertThat(redis.length(EventStream.KEY)).isBetween(20L, 21L);
      redis.command("XTRIM", EventStream.KEY, "MAXLEN", "0");

      assertThatEventually(() -> assertThat(ids()).hasSizeGreaterThanOrEqualTo(99));
    }
  }
}
