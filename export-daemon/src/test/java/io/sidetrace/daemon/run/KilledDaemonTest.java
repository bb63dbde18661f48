package io.sidetrace.daemon.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.daemon.DaemonProcess;
import io.sidetrace.daemon.FakeAgent;
import io.sidetrace.daemon.Options;
import io.sidetrace.daemon.RedisProducer;
import io.sidetrace.event.Frame;
import io.sidetrace.harness.Await;
import io.sidetrace.harness.Program;
import io.sidetrace.harness.RedisProcess;
import io.sidetrace.standin.langfuse.LangfuseStandIn;
import io.sidetrace.standin.langfuse.ReceivedSpan;
import io.sidetrace.standin.langfuse.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon is a process of its own here, and is killed while it works. */
class KilledDaemonTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int EVENTS = 12_000;
  private static final int KILLS = 3;
  private static final int BATCH = 100;
  private static final int PARALLEL = 2;
  private static final int IN_FLIGHT = 400;

  /** A source may go over by what it reads at once: a window of 256 KiB, 300 bytes an event. */
  private static final int WINDOW = 1000;

  /** Of a stream it reads so many small entries, and fetches so many of a former life. */
  private static final int ENTRIES_AT_ONCE = 512 + 16;

  @TempDir Path folder;
  private LangfuseStandIn langfuse;

  @BeforeEach
  void start() throws Exception {
    langfuse = LangfuseStandIn.start();
    langfuse.script(request -> Reply.ok().after(Duration.ofMillis(10)));
  }

  @AfterEach
  void stop() {
    langfuse.close();
    assertThat(langfuse.problems()).isEmpty();
  }

  @Test
  void kill_losesNothingOfTheSpool_andRepeatsOnlyWhatWasInFlight() throws Exception {
    try (FakeAgent agent = new FakeAgent(folder.resolve("spool"), "demo-1")) {
      agent.close(frames(0, EVENTS)); // without notes beside it each kill would repeat all of it

      killAndRunToTheEnd(options());

      assertThat(agent.folder()).isDirectoryNotContaining("glob:**.{sdt,settled}");
    }
    assertThatNothingIsMissing(IN_FLIGHT + WINDOW);
  }

  @Test
  void kill_losesNothingOfTheStream_andRepeatsOnlyWhatWasInFlight() throws Exception {
    try (RedisProcess redis = RedisProcess.start(folder.resolve("redis"));
        RedisProducer producer = new RedisProducer(redis.url())) {
      int perEntry = 2;
      for (int from = 0; from < EVENTS; from += perEntry) {
        producer.add(frames(from, from + perEntry));
      }

      killAndRunToTheEnd(options().with("redis", redis.url()).with("spool", "none"));

      Await.until(
          "an empty stream", LIMIT, () -> redis.command("XLEN", "sidetrace:events").equals("0"));
      assertThatNothingIsMissing(IN_FLIGHT + ENTRIES_AT_ONCE * perEntry);
    }
  }

  @Test
  void term_drainsAndExitsWithZero() throws Exception {
    try (FakeAgent agent = new FakeAgent(folder.resolve("spool"), "demo-1");
        Program daemon = DaemonProcess.start(folder, options())) {
      agent.close(frames(0, 2000));
      Await.until("the first spans", LIMIT, () -> langfuse.received() > 0);

      int code = daemon.stop();

      assertThat(code).as(daemon.said()).isZero();
      assertThat(daemon.said()).containsPattern("ledger: received (\\d+) = exported \\1 ");
    }
  }

  @Test
  void term_saysWhatItLeavesBehind_whenLangfuseIsAway() throws Exception {
    langfuse.script(request -> Reply.of(500, "down"));
    try (FakeAgent agent = new FakeAgent(folder.resolve("spool"), "demo-1");
        Program daemon = DaemonProcess.start(folder, options().with("drain-timeout", "300ms"))) {
      agent.close(frames(0, 20));
      Await.until("a request", LIMIT, () -> langfuse.requests() > 0);

      int code = daemon.stop();

      assertThat(code).isZero();
      assertThat(daemon.said()).contains("stopped with 20 events unsettled");
    }
  }

  private Options options() {
    return Options.in(folder)
        .to(langfuse)
        .with("batch-count", "" + BATCH)
        .with("parallel", "" + PARALLEL)
        .with("in-flight", "" + IN_FLIGHT);
  }

  private void killAndRunToTheEnd(Options options) throws Exception {
    for (int kill = 1; kill <= KILLS; kill++) {
      long goal = (long) EVENTS * kill / (KILLS + 2);
      try (Program daemon = DaemonProcess.start(folder, options)) {
        Await.until(goal + " spans", LIMIT, () -> langfuse.received() >= goal, daemon::said);
        daemon.kill();
      }
    }
    try (Program daemon = DaemonProcess.start(folder, options)) {
      Await.until("all spans", LIMIT, () -> distinct() == EVENTS, daemon::said);
      assertThat(daemon.stop()).isZero();
    }
  }

  private long distinct() {
    return langfuse.spans().stream().map(ReceivedSpan::mergeKey).distinct().count();
  }

  private void assertThatNothingIsMissing(int inFlight) {
    assertThat(distinct()).isEqualTo(EVENTS);
    assertThat(langfuse.spans().stream().map(ReceivedSpan::name).distinct()).hasSize(EVENTS);
    assertThat(langfuse.received() - EVENTS).isLessThanOrEqualTo((long) KILLS * inFlight);
  }

  private static Frame[] frames(long from, long to) {
    return LongStream.range(from, to).mapToObj(FakeAgent::frame).toArray(Frame[]::new);
  }
}
