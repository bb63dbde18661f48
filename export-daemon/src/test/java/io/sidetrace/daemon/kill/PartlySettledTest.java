package io.sidetrace.daemon.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.Range;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.sidetrace.daemon.DaemonProcess;
import io.sidetrace.daemon.Evidence;
import io.sidetrace.daemon.FakeAgent;
import io.sidetrace.daemon.Options;
import io.sidetrace.daemon.RedisProducer;
import io.sidetrace.event.EventStream;
import io.sidetrace.event.Frame;
import io.sidetrace.harness.Await;
import io.sidetrace.harness.Program;
import io.sidetrace.harness.RedisProcess;
import io.sidetrace.standin.langfuse.LangfuseStandIn;
import io.sidetrace.standin.langfuse.Reply;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An entry of Redis that makes two requests, of which Langfuse has answered one. */
class PartlySettledTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String NOTES = "sidetrace:settled:{" + EventStream.KEY + "}";
  private static final int BATCH = 10;
  private static final int EVENTS = 2 * BATCH;

  @TempDir Path folder;
  private LangfuseStandIn langfuse;
  private RedisProcess redis;
  private RedisProducer producer;
  private final CountDownLatch firstHalf = new CountDownLatch(1);
  private volatile Reply toFirstHalf = Reply.ok();

  @BeforeEach
  void start() throws Exception {
    langfuse = LangfuseStandIn.start();
    langfuse.script(this::reply);
    redis = RedisProcess.start(folder.resolve("redis"));
    producer = new RedisProducer(redis.url());
    producer.add(LongStream.range(0, EVENTS).mapToObj(FakeAgent::frame).toArray(Frame[]::new));
  }

  @AfterEach
  void stop() {
    firstHalf.countDown();
    producer.close();
    redis.close();
    langfuse.close();
    assertThat(langfuse.problems()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"one", "another"})
  void kill_repeatsNothingThatWasAccepted(String survivor) {
    redis.command("XADD", NOTES, "1-1", "e", "1-1", "f", "outdated");
    toFirstHalf = Reply.of(503, "too late");
    try (Program daemon = DaemonProcess.start(folder, options("one"))) {
      Await.until("a note", LIMIT, this::secondHalfIsNoted, daemon::said);
      daemon.kill();
    }
    toFirstHalf = Reply.ok();
    firstHalf.countDown();

    runToTheEnd(survivor);

    assertThat(langfuse.received()).isEqualTo(EVENTS);
  }

  @Test
  void stop_repeatsNothingThatWasAccepted() {
    toFirstHalf = Reply.of(503, "too late");
    try (Program daemon = DaemonProcess.start(folder, options("one").with("drain-timeout", "0"))) {
      Await.until("a note", LIMIT, this::secondHalfIsNoted, daemon::said);
      daemon.stop();
    }
    toFirstHalf = Reply.ok();
    firstHalf.countDown();

    runToTheEnd("one");

    assertThat(langfuse.received()).isEqualTo(EVENTS);
  }

  @Test
  void redisThatTakesNoNotes_isEmptiedAllTheSame() {
    makeGroup();
    redis.command("CONFIG", "SET", "maxmemory", "1");
    try (Program daemon = DaemonProcess.start(folder, options("one"))) {
      Await.until("a refusal", LIMIT, () -> daemon.said().contains("takes no note"), daemon::said);
      firstHalf.countDown();
      awaitNothingLeft(daemon);
    }
    assertThat(langfuse.received()).isEqualTo(EVENTS);
  }

  /** A full Redis would refuse that as well. */
  private void makeGroup() {
    producer
        .commands()
        .xgroupCreate(
            StreamOffset.from(EventStream.KEY, "0"),
            EventStream.GROUP,
            XGroupCreateArgs.Builder.mkstream());
  }

  private void runToTheEnd(String consumer) {
    try (Program daemon = DaemonProcess.start(folder, options(consumer))) {
      awaitNothingLeft(daemon);
      Await.until("no notes", LIMIT, () -> length(NOTES) == 0, daemon::said);
      assertThat(daemon.stop()).as(daemon.said()).isZero();
    }
    assertThat(Evidence.names(langfuse.spans())).hasSize(EVENTS);
  }

  private void awaitNothingLeft(Program daemon) {
    Await.until("an empty stream", LIMIT, () -> length(EventStream.KEY) == 0, daemon::said);
    Await.until(
        "nothing pending",
        LIMIT,
        () -> producer.commands().xpending(EventStream.KEY, EventStream.GROUP).getCount() == 0,
        daemon::said);
  }

  private boolean secondHalfIsNoted() {
    return producer.commands().xrange(NOTES, Range.unbounded()).stream()
        .map(note -> ByteBuffer.wrap(note.getBody().get("f")))
        .anyMatch(ranges -> ranges.getInt() == BATCH && ranges.getInt() == EVENTS - 1);
  }

  private long length(String stream) {
    return Long.parseLong(redis.command("XLEN", stream));
  }

  private Reply reply(ExportTraceServiceRequest request) {
    if (!request.toString().contains("\"span 0\"")) {
      return Reply.ok();
    }
    Reply reply = toFirstHalf; // of this life
    try {
      assertThat(firstHalf.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return reply;
  }

  private Options options(String consumer) {
    return Options.in(folder)
        .to(langfuse)
        .with("spool", "none")
        .with("redis", redis.url())
        .with("redis-consumer", consumer)
        .with("redis-min-idle", "1s")
        .with("batch-count", "" + BATCH)
        .with("parallel", "2")
        .with("ops-port", "-1");
  }
}
