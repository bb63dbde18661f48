package io.sidetrace.agent.transport;

import static io.sidetrace.agent.pipeline.Eventually.assertThatEventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.agent.config.AgentConfig;
import io.sidetrace.agent.pipeline.Frames;
import io.sidetrace.agent.pipeline.LogLines;
import io.sidetrace.agent.pipeline.Pipeline;
import io.sidetrace.agent.pipeline.Spooled;
import io.sidetrace.event.Event;
import io.sidetrace.event.EventStream;
import io.sidetrace.event.Spool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisTransportTest {

  @TempDir Path directory;

  private final LogLines lines = new LogLines();
  private final Map<String, String> settings = new HashMap<>();
  private Path root;
  private RedisServer redis;

  @BeforeEach
  void prepare() throws Exception {
    root = directory.resolve("spool");
    redis = new RedisServer(Files.createDirectory(directory.resolve("redis")));
    settings.put("sidetrace.spool", root.toString());
    settings.put("sidetrace.redis.url", redis.url());
  }

  @AfterEach
  void stop() throws Exception {
    redis.close();
  }

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
        pipeline.queue().offer(Frames.numbered(i, i == 20 ? 900_000 : 20_000));
      }
    }

    List<byte[]> entries = redis.entries(EventStream.KEY);
    assertThat(redis.events(EventStream.KEY)).hasSize(40);
    assertThat(entries).filteredOn(entry -> entry.length > 256 << 10).hasSize(1);
    assertThat(entries).filteredOn(entry -> entry.length > 900_000).hasSize(1);
    assertThat(entries).hasSizeBetween(4, 10);
  }

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
                  pipeline.queue().offer(Frames.numbered(i, 100));
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

  @Test
  void whatRedisRefusesForLackOfMemoryIsTakenLater() throws Exception {
    redis.start("--maxmemory", "3mb", "--maxmemory-policy", "noeviction");
    try (Pipeline pipeline = start()) {
      for (int i = 0; i < 100; i++) {
        pipeline.queue().offer(Frames.numbered(i, 50_000));
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
      pipeline.queue().offer(Frames.numbered(0, 10));
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

  @Test
  void theProcessEndsWithinASecondWhileRedisHangs() throws Exception {
    redis.start();
    Pipeline pipeline = start();
    offer(pipeline, 0, 10);
    assertThatEventually(() -> assertThat(ids()).hasSize(10));
    redis.freeze();
    offer(pipeline, 10, 500);

    long start = System.nanoTime();
    pipeline.close();

    assertThat(System.nanoTime() - start).isLessThan(1_000_000_000L);
    assertThat(waiting()).hasSize(490);
    assertThat(pipeline.counts().sent()).isEqualTo(500);
    assertThat(lines.toString()).doesNotContain("not handed over");
  }

  @Test
  void aRealProcessEndsWithinASecondWhileRedisHangs() throws Exception {
    redis.start();
    ProducerProcess producer = ProducerProcess.startWarm(root, 300, redis.url());
    producer.await("counts");
    assertThatEventually(() -> assertThat(ids()).hasSize(500));
    redis.freeze();
    producer.goOn();
    producer.await("all offered");

    long start = System.nanoTime();
    String output = producer.rest();

    // A second for us; the rest is the JVM's own end on a busy machine.
    assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
    assertThat(waiting()).as(output).hasSize(300);
    assertThat(output).doesNotContain("not handed over");
  }

  @Test
  void whatAKilledProcessLeftIsSentByItsSuccessor() throws Exception {
    ProducerProcess killed = ProducerProcess.start("", root, 2_000, false, redis.url());
    killed.await("all offered");
    assertThatEventually(() -> assertThat(waiting()).hasSize(2_000));
    killed.kill();
    Path left = root.resolve(Frames.ORIGIN.instance());
    Files.move(left, root.resolve("shop-99-1600000000000"));
    Files.createDirectory(root.resolve("shopping-99-1600000000000"));

    redis.start();
    try (Pipeline pipeline = start()) {
      pipeline.queue().offer(Frames.numbered(5_000, 10));

      assertThatEventually(() -> assertThat(ids()).hasSize(2_001));
      assertThatEventually(() -> assertThat(root.resolve("shop-99-1600000000000")).doesNotExist());
      assertThat(pipeline.counts().captured()).isEqualTo(1);
    }
    assertThat(root.resolve("shopping-99-1600000000000")).exists();
  }

  @Test
  void aLivingProcessKeepsWhatIsIts() throws Exception {
    ProducerProcess living = ProducerProcess.start("", root, 500, false, redis.url());
    living.await("all offered");
    assertThatEventually(() -> assertThat(waiting()).hasSize(500));

    assertThat(new Predecessors(root.toFile(), "shop-99-1600000000000").takeOver()).isEmpty();

    assertThat(waiting()).hasSize(500);
    living.kill();
    assertThat(new Predecessors(root.toFile(), "shop-99-1600000000000").takeOver())
        .hasSize(1)
        .allSatisfy(Predecessors.Inherited::close);
  }

  @Test
  void theEventsOfATraceShareAStream() throws Exception {
    settings.put("sidetrace.redis.streams", "3");
    redis.start();
    try (Pipeline pipeline = start()) {
      // Only what goes straight to Redis is spread by trace.
      pipeline.queue().offer(Frames.numbered(0, 10));
      assertThatEventually(() -> assertThat(length(3)).isPositive());
      assertThatEventually(() -> assertThat(Spooled.segments(root, Spool.OPEN)).isEmpty());
      for (int i = 1; i < 1_000; i++) {
        pipeline.queue().offer(Frames.numbered(i % 50, 10));
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

  private List<Event> waiting() {
    return Spooled.events(Spooled.segments(root, Spool.OPEN));
  }

  private long length(int streams) throws Exception {
    long length = 0;
    for (int n = 0; n < streams; n++) {
      length += redis.length(EventStream.key(n, streams));
    }
    return length;
  }

  private Set<String> ids() throws Exception {
    Set<String> ids = new HashSet<>();
    redis.events(EventStream.KEY).forEach(event -> ids.add(event.spanId()));
    return ids;
  }

  private static void offer(Pipeline pipeline, long from, long to) {
    for (long i = from; i < to; i++) {
      pipeline.queue().offer(Frames.numbered(i, 100));
    }
  }

  private Pipeline start() throws Exception {
    AgentConfig config = AgentConfig.read("", settings, Map.of(), new ArrayList<>());
    return Pipeline.start(config, Frames.ORIGIN, lines.log());
  }
}
