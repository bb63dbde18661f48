package io.sidetrace.daemon.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.sidetrace.daemon.FakeAgent;
import io.sidetrace.daemon.Options;
import io.sidetrace.daemon.RedisProducer;
import io.sidetrace.event.EventStream;
import io.sidetrace.event.Frame;
import io.sidetrace.harness.Await;
import io.sidetrace.harness.RedisProcess;
import io.sidetrace.standin.langfuse.LangfuseStandIn;
import io.sidetrace.standin.langfuse.ReceivedSpan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A Redis and a Langfuse for the daemons of a test. */
abstract class RedisStreamFixture {
  static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path folder;
  LangfuseStandIn langfuse;
  RedisProcess redis;
  RedisProducer producer;

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

  Options options() {
    return Options.in(folder).to(langfuse).with("redis", redis.url()).with("spool", "none");
  }

  static Daemon start(Options options) throws Exception {
    return Daemon.start(options.build());
  }

  /** As the first daemon does it. */
  final void makeGroup() {
    producer
        .commands()
        .xgroupCreate(
            StreamOffset.from(EventStream.KEY, "0"),
            EventStream.GROUP,
            XGroupCreateArgs.Builder.mkstream());
  }

  static void awaitExported(Daemon daemon, int events) {
    Await.until(
        events + " events",
        LIMIT,
        () -> daemon.ledger().exported() == events,
        () -> daemon.ledger().inWords());
  }

  final void awaitEmptyStream() {
    Await.until("an empty stream", LIMIT, () -> redis.command("XLEN", EventStream.KEY).equals("0"));
    Await.until(
        "nothing pending",
        LIMIT,
        () -> producer.commands().xpending(EventStream.KEY, EventStream.GROUP).getCount() == 0);
  }

  /** Spans that came, a repeated one once. */
  final long distinct() {
    return langfuse.spans().stream().map(ReceivedSpan::mergeKey).distinct().count();
  }

  static Frame[] frames(long from, long to) {
    return LongStream.range(from, to).mapToObj(FakeAgent::frame).toArray(Frame[]::new);
  }
}
