package io.sidetrace.daemon.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.Consumer;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.models.stream.PendingMessage;
import io.sidetrace.daemon.DaemonProcess;
import io.sidetrace.daemon.FakeAgent;
import io.sidetrace.daemon.Options;
import io.sidetrace.daemon.RedisProducer;
import io.sidetrace.event.Event;
import io.sidetrace.event.EventStream;
import io.sidetrace.event.Frame;
import io.sidetrace.event.Slice;
import io.sidetrace.harness.Await;
import io.sidetrace.harness.Program;
import io.sidetrace.harness.RedisProcess;
import io.sidetrace.standin.langfuse.LangfuseStandIn;
import io.sidetrace.standin.langfuse.ReceivedSpan;
import io.sidetrace.standin.langfuse.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon on a real Redis that is stopped, hung, flushed and shared. */
class RedisStreamTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path folder;
  private LangfuseStandIn langfuse;
  private RedisProcess redis;
  private RedisProducer producer;

  @BeforeEach
  void start() throws Exception {
    langfuse = LangfuseStandIn.start();
    redis = RedisProcess.start(folder.resolve("redis"));
    producer = new RedisProducer(redis.url());
  }

  @AfterEach
  void stop() {
    producer.close();
    redis.close();
    langfuse.close();
    assertThat(langfuse.problems()).isEmpty();
  }

  @Test
  void run_exportsFramesAndSingleEvents_andEmptiesTheStream() throws Exception {
    producer.add(frames(0, 50));
    producer.addTexts(
        "e",
        "{\"v\":1,\"kind\":\"exchange\",\"traceId\":\"0af7651916cd43dd8448eb211c80319c\","
            + "\"spanId\":\"b7ad6b7169203331\",\"name\":\"from Python\",\"service\":\"py\","
            + "\"startMicros\":1700000000000000,\"durationNanos\":5000000,"
            + "\"http\":{\"method\":\"POST\",\"url\":\"http://x/v1/chat/completions\",\"status\":200}}",
        "q",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
        "r",
        "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"Hello\"}}]}");

    try (Daemon daemon = start(options())) {
      awaitExported(daemon, 51);
      awaitEmptyStream();
    }

    ReceivedSpan single = span("chat.completions m");
    assertThat(single.resource()).containsEntry("service.name", "py");
    assertThat(single.attribute("langfuse.observation.output").toString()).contains("Hello");
  }

  @Test
  void run_buriesWhatItCannotRead_andGoesOn() throws Exception {
    producer.addTexts("x", "what is this");
    producer.addTexts("f", "no frames at all");
    producer.addTexts("e", "{\"v\":2}");
    producer.add(frames(0, 1));

    try (Daemon daemon = start(options())) {
      awaitExported(daemon, 1);
      Await.until("dead letters", LIMIT, () -> daemon.ledger().deadLettered() == 3);
      awaitEmptyStream();
    }
  }

  @Test
  void run_survivesTheDeathOfRedis() throws Exception {
    try (Daemon daemon = start(options())) {
      producer.add(frames(0, 10));
      awaitExported(daemon, 10);

      redis.program().kill();
      redis.restart();
      producer.add(frames(10, 20));

      Await.until("all", LIMIT, () -> distinct() == 20, () -> daemon.ledger().inWords());
      awaitEmptyStream();
    }
  }

  @Test
  void run_survivesARedisThatHangs() throws Exception {
    try (Daemon daemon = start(options())) {
      producer.add(frames(0, 10));
      awaitExported(daemon, 10);
      SourceLoop source = daemon.sources().get(0);

      redis.program().suspend();
      Await.until("trouble", LIMIT, () -> source.source().trouble() != null);
      redis.program().resume();
      producer.add(frames(10, 20));

      Await.until("all", LIMIT, () -> distinct() == 20, () -> daemon.ledger().inWords());
      awaitEmptyStream();
    }
  }

  @Test
  void run_makesItsGroupAgain_afterAFlush() throws Exception {
    try (Daemon daemon = start(options())) {
      producer.add(frames(0, 10));
      awaitExported(daemon, 10);

      redis.command("FLUSHALL");
      producer.add(frames(10, 20));

      awaitExported(daemon, 20);
    }
  }

  @Test
  @SuppressWarnings("unchecked") // an array of a generic type
  void run_takesOverWhatADeadDaemonHolds() throws Exception {
    producer
        .commands()
        .xgroupCreate(
            StreamOffset.from(EventStream.KEY, "0"),
            EventStream.GROUP,
            XGroupCreateArgs.Builder.mkstream());
    producer.add(frames(0, 10));
    producer
        .commands()
        .xreadgroup(
            Consumer.from(EventStream.GROUP, "dead"), StreamOffset.lastConsumed(EventStream.KEY));

    try (Daemon daemon = start(options().with("redis-min-idle", "200ms"))) {
      awaitExported(daemon, 10);
      awaitEmptyStream();
    }
  }

  /** Its heap is smaller than what it takes over. */
  @Test
  @SuppressWarnings("unchecked") // an array of a generic type
  void run_takesOverMoreThanItHasMemoryFor() throws Exception {
    int entries = 400;
    producer
        .commands()
        .xgroupCreate(
            StreamOffset.from(EventStream.KEY, "0"),
            EventStream.GROUP,
            XGroupCreateArgs.Builder.mkstream());
    Slice body = Slice.ofUtf8("x".repeat(250_000));
    for (int i = 0; i < entries; i++) {
      producer.add(new Frame(FakeAgent.event(Event.Kind.SPAN, i).build(), body, Slice.EMPTY));
      producer
          .commands()
          .xreadgroup(
              Consumer.from(EventStream.GROUP, "dead"), StreamOffset.lastConsumed(EventStream.KEY));
    }
    Options small = options().with("redis-min-idle", "200ms").with("in-flight-bytes", "4MiB");

    try (Program daemon = DaemonProcess.launch(folder, small, "-Xmx80m")) {
      Await.until("all", LIMIT, () -> distinct() == entries, daemon::said);
      awaitEmptyStream();
      assertThat(daemon.said()).doesNotContain("OutOfMemoryError");
    }
  }

  @Test
  void twoDaemons_shareTheStreams_withoutRepeating() throws Exception {
    // The idle time is that of production: no machine is so busy that one takes the other for dead.
    Options shared = options().with("redis-streams", "2");
    try (Daemon one = start(shared);
        Daemon two = start(shared)) {
      for (int i = 0; i < 200; i++) {
        producer.addTo(EventStream.KEY + ":" + i % 2, frames(i * 10L, i * 10L + 10));
      }
      Await.until(
          "all",
          LIMIT,
          () -> one.ledger().exported() + two.ledger().exported() == 2000,
          () -> one.ledger().inWords() + "\n" + two.ledger().inWords());
    }
    assertThat(distinct()).isEqualTo(2000);
    assertThat(langfuse.received()).isEqualTo(2000);
  }

  @Test
  void twoDaemonsOfOneHost_withFoldersOfTheirOwn_haveNamesOfTheirOwn() throws Exception {
    try (Daemon one = start(options().with("dead-letters", folder.resolve("one").toString()));
        Daemon two = start(options().with("dead-letters", folder.resolve("two").toString()))) {
      AtomicLong sent = new AtomicLong();
      // Redis knows a consumer once it has given it something.
      Await.until(
          "two consumers",
          LIMIT,
          () -> {
            producer.add(FakeAgent.frame(sent.getAndIncrement()));
            return consumers() == 2;
          });
      Await.until(
          "all", LIMIT, () -> one.ledger().exported() + two.ledger().exported() == sent.get());
    }
  }

  private int consumers() {
    boolean grouped = redis.command("XINFO", "GROUPS", EventStream.KEY).contains("name");
    return grouped
        ? producer.commands().xinfoConsumers(EventStream.KEY, EventStream.GROUP).size()
        : 0;
  }

  @Test
  void run_renewsWhatItHolds_whileLangfuseIsSlow() throws Exception {
    CountDownLatch answering = new CountDownLatch(1);
    langfuse.script(request -> holdUntil(answering));
    try (Daemon daemon = start(options().with("redis-min-idle", "2s"))) {
      producer.add(frames(0, 10));
      Await.until("a request", LIMIT, () -> langfuse.requests() == 1);

      // More often than it is idle for too long: nobody else may take it for dead.
      for (int renewals = 1; renewals <= 5; renewals++) {
        awaitRenewal();
      }

      answering.countDown();
      awaitExported(daemon, 10);
      awaitEmptyStream();
    }
    assertThat(langfuse.received()).isEqualTo(10);
  }

  private void awaitRenewal() {
    AtomicLong longest = new AtomicLong();
    Await.until(
        "a renewal",
        LIMIT,
        () -> {
          long idle = idleMillis();
          return idle < longest.getAndSet(Math.max(idle, longest.get()));
        });
  }

  private long idleMillis() {
    List<PendingMessage> pending =
        producer
            .commands()
            .xpending(EventStream.KEY, EventStream.GROUP, Range.unbounded(), Limit.from(1));
    assertThat(pending).hasSize(1);
    return pending.get(0).getMsSinceLastDelivery();
  }

  private static Reply holdUntil(CountDownLatch answering) {
    try {
      assertThat(answering.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Reply.ok();
  }

  private Options options() {
    return Options.in(folder).to(langfuse).with("redis", redis.url()).with("spool", "none");
  }

  private static Daemon start(Options options) throws Exception {
    return Daemon.start(options.build());
  }

  private static void awaitExported(Daemon daemon, int events) {
    Await.until(
        events + " events",
        LIMIT,
        () -> daemon.ledger().exported() == events,
        () -> daemon.ledger().inWords());
  }

  private void awaitEmptyStream() {
    Await.until("an empty stream", LIMIT, () -> redis.command("XLEN", EventStream.KEY).equals("0"));
    Await.until(
        "nothing pending",
        LIMIT,
        () -> producer.commands().xpending(EventStream.KEY, EventStream.GROUP).getCount() == 0);
  }

  private ReceivedSpan span(String name) {
    List<ReceivedSpan> found =
        langfuse.spans().stream().filter(span -> span.name().equals(name)).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private long distinct() {
    return langfuse.spans().stream().map(ReceivedSpan::mergeKey).distinct().count();
  }

  private static Frame[] frames(long from, long to) {
    return LongStream.range(from, to).mapToObj(FakeAgent::frame).toArray(Frame[]::new);
  }
}
