package io.sidetrace.daemon.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three daemons on one Redis. One is frozen with entries in its hands, the others take them over,
 * and it is resumed when they have long been exported.
 */
class FrozenDaemonTest {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final int DAEMONS = 3;
  private static final int PER_ENTRY = 10;

  @TempDir Path folder;
  private LangfuseStandIn langfuse;
  private RedisProcess redis;
  private RedisProducer producer;
  private final List<Program> daemons = new ArrayList<>();
  private volatile CountDownLatch answering = new CountDownLatch(0);
  private long produced;

  @BeforeEach
  void start() throws Exception {
    langfuse = LangfuseStandIn.start();
    langfuse.script(request -> whenAnswering());
    redis = RedisProcess.start(folder.resolve("redis"));
    producer = new RedisProducer(redis.url());
    producer
        .commands()
        .xgroupCreate(
            StreamOffset.from(EventStream.KEY, "0"),
            EventStream.GROUP,
            XGroupCreateArgs.Builder.mkstream());
    for (int number = 0; number < DAEMONS; number++) {
      daemons.add(DaemonProcess.launch(folder, options(number)));
    }
  }

  @AfterEach
  void stop() {
    answering.countDown();
    daemons.forEach(Program::close);
    producer.close();
    redis.close();
    langfuse.close();
    assertThat(langfuse.problems()).isEmpty();
  }

  @Test
  void frozenDaemon_losesNothing_andDoesNoHarmWhenItIsResumed() throws Exception {
    for (int number = 0; number < DAEMONS; number++) {
      Program daemon = daemons.get(number);
      letHold(number);
      daemon.suspend();
      answering.countDown();
      Await.until("the others to do all of it", LIMIT, this::allIsDone, this::said);

      daemon.resume();

      letHold(number); // it takes part again
      answering.countDown();
      Await.until("the end", LIMIT, this::allIsDone, this::said);
    }
    for (Program daemon : daemons) {
      assertThat(daemon.stop()).as(daemon.said()).isZero();
      assertThat(daemon.said()).contains(" + pending 0");
    }
    assertThat(allIsDone()).isTrue();
    assertThat(Evidence.letters(folder.resolve("dead-letters"))).isEmpty();
    Evidence.assertThatRepeatsAreIdentical(langfuse.spans());
  }

  /** Langfuse keeps everybody waiting, so a daemon that has read entries goes on holding them. */
  private void letHold(int number) {
    answering = new CountDownLatch(1);
    Await.until(
        name(number) + " to hold entries",
        LIMIT,
        () -> {
          produce();
          return producer
                  .commands()
                  .xpending(EventStream.KEY, EventStream.GROUP)
                  .getConsumerMessageCount()
                  .getOrDefault(name(number), 0L)
              > 0;
        },
        this::said);
  }

  private void produce() {
    producer.add(
        LongStream.range(produced, produced += PER_ENTRY)
            .mapToObj(FakeAgent::frame)
            .toArray(Frame[]::new));
  }

  private boolean allIsDone() {
    return redis.command("XLEN", EventStream.KEY).equals("0")
        && producer.commands().xpending(EventStream.KEY, EventStream.GROUP).getCount() == 0
        && Evidence.names(langfuse.spans()).size() == produced;
  }

  private Reply whenAnswering() {
    try {
      assertThat(answering.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Reply.ok();
  }

  private Options options(int number) {
    return Options.in(folder)
        .to(langfuse)
        .with("spool", "none")
        .with("redis", redis.url())
        .with("redis-consumer", name(number))
        .with("redis-min-idle", "1s")
        .with("batch-count", "25");
  }

  private static String name(int number) {
    return "daemon-" + number;
  }

  private String said() {
    StringBuilder all =
        new StringBuilder(Evidence.names(langfuse.spans()).size() + " of " + produced);
    daemons.forEach(daemon -> all.append('\n').append(daemon.said()));
    return all.toString();
  }
}
