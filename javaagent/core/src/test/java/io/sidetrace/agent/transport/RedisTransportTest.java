package io.sidetrace.agent.transport;

import static io.sidetrace.agent.pipeline.Eventually.assertThatEventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.agent.pipeline.Frames;
import io.sidetrace.agent.pipeline.Pipeline;
import io.sidetrace.agent.pipeline.Spooled;
import io.sidetrace.event.Event;
import io.sidetrace.event.EventStream;
import io.sidetrace.event.Spool;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Events on their way into a Redis that takes them. */
class RedisTransportTest extends RedisTransportFixture {

  @Test
  void allEventsOfManyDrainsReachTheStreamInOrder() throws Exception {
    redis.start();
    try (Pipeline pipeline = start()) {
      offer(pipeline, 0, 2_000);

      assertThatEventually(() -> assertThat(pipeline.counts().sent()).isEqualTo(2_000));
    }

    assertThat(redis.events(EventStream.KEY))
        .extracting(Event::sequence)
        .containsExactlyElementsOf(LongStream.range(0, 2_000).boxed().toList());
    assertThat(redis.entries(EventStream.KEY)).hasSizeLessThan(100);
  }

  @Test
  void anEntryHoldsUpTo256KibOrOneLargerFrame() throws Exception {
    redis.start();
    try (Pipeline pipeline = start()) {
      for (int i = 0; i < 40; i++) {
        pipeline.queue().offer(Frames.finished(i, i == 20 ? 900_000 : 20_000));
      }
    }

    List<byte[]> entries = redis.entries(EventStream.KEY);
    assertThat(redis.events(EventStream.KEY)).hasSize(40);
    assertThat(entries).filteredOn(entry -> entry.length > 256 << 10).hasSize(1);
    assertThat(entries).filteredOn(entry -> entry.length > 900_000).hasSize(1);
    assertThat(entries).hasSizeBetween(4, 10);
  }

  @Test
  void theEventsOfATraceShareAStream() throws Exception {
    settings.put("sidetrace.redis.streams", "3");
    redis.start();
    try (Pipeline pipeline = start()) {
      // Only what goes straight to Redis is spread by trace.
      pipeline.queue().offer(Frames.finished(0, 10));
      assertThatEventually(() -> assertThat(length(3)).isPositive());
      assertThatEventually(() -> assertThat(Spooled.segments(root, Spool.OPEN)).isEmpty());
      for (int i = 1; i < 1_000; i++) {
        pipeline.queue().offer(Frames.finished(i % 50, 10));
      }
    }

    Map<String, String> streams = new HashMap<>();
    for (int n = 0; n < 3; n++) {
      String stream = EventStream.key(n, 3);
      assertThat(redis.events(stream)).hasSizeGreaterThan(100);
      for (Event event : redis.events(stream)) {
        if (event.sequence() > 0) {
          assertThat(streams.computeIfAbsent(event.traceId(), id -> stream)).isEqualTo(stream);
        }
      }
    }
  }

  private long length(int streams) throws Exception {
    long length = 0;
    for (int n = 0; n < streams; n++) {
      length += redis.length(EventStream.key(n, streams));
    }
    return length;
  }
}
