package io.sidetrace.daemon.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.sidetrace.daemon.DaemonProcess;
import io.sidetrace.daemon.Evidence;
import io.sidetrace.daemon.FakeAgent;
import io.sidetrace.daemon.Options;
import io.sidetrace.daemon.RedisProducer;
import io.sidetrace.event.Event;
import io.sidetrace.event.EventBuilder;
import io.sidetrace.event.EventStream;
import io.sidetrace.event.Frame;
import io.sidetrace.event.Slice;
import io.sidetrace.harness.Await;
import io.sidetrace.harness.Program;
import io.sidetrace.harness.RedisProcess;
import io.sidetrace.standin.langfuse.LangfuseStandIn;
import io.sidetrace.standin.langfuse.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * The daemon is a process of its own and is killed at named points, {@code -Dkills=20} times in a
 * row at each; then one that lives has to bring everything to its end. Each life adds {@value
 * #EVENTS} events, three of which Langfuse refuses.
 */
class KillMatrixTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int KILLS = Integer.getInteger("kills", 3);
  private static final int EVENTS = 30;
  private static final int BATCH = 10;
  private static final String NOTHING = "no request has this in it";

  @TempDir Path folder;
  private LangfuseStandIn langfuse;
  private long produced;

  /** What this life's daemon may have answered; then it is kept waiting. */
  private final AtomicInteger answers = new AtomicInteger(Integer.MAX_VALUE);

  /** What it waits for in any case. */
  private volatile String withheld = NOTHING;

  private final AtomicInteger kept = new AtomicInteger();
  private volatile CountDownLatch killed = new CountDownLatch(0);

  @BeforeEach
  void start() throws Exception {
    langfuse = LangfuseStandIn.start();
    langfuse.script(this::reply);
  }

  @AfterEach
  void stop() {
    langfuse.close();
    assertThat(langfuse.problems()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"BEFORE_ENTRY_NOTE", "BEFORE_ACK", "BETWEEN_DELETE_AND_ACK"})
  void spool_losesNothing(KillPoint point) throws Exception {
    FakeAgent agent = new FakeAgent(folder.resolve("spool"), "demo-1");
    Options options = options();
    for (int kill = 0; kill < KILLS; kill++) {
      agent.close(events());
      killAt(point, kill, options, () -> false);
    }
    agent.close(); // its folder goes once all in it is settled

    runToTheEnd(options, () -> !Files.exists(agent.folder()));
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"BEFORE_NOTE", "IN_SEGMENT_DELETION"})
  void redis_losesNothing(KillPoint point) throws Exception {
    try (RedisProcess redis = RedisProcess.start(folder.resolve("redis"));
        RedisProducer producer = new RedisProducer(redis.url())) {
      Options options = options().with("spool", "none").with("redis", redis.url());
      for (int kill = 0; kill < KILLS; kill++) {
        addInEntries(producer);
        long before = length(redis);
        killAt(point, kill, options, () -> length(redis) == before);
      }

      runToTheEnd(options, () -> length(redis) == 0 && pending(producer) == 0);
    }
  }

  private Options options() {
    return Options.in(folder)
        .to(langfuse)
        .with("batch-count", "" + BATCH)
        .with("parallel", "2")
        .with("ops-port", "-1");
  }

  private Frame[] events() {
    return LongStream.range(produced, produced += EVENTS)
        .mapToObj(KillMatrixTest::event)
        .toArray(Frame[]::new);
  }

  private void addInEntries(RedisProducer producer) {
    Frame[] all = events();
    for (int from = 0; from < EVENTS; from += BATCH) {
      Frame[] some = new Frame[BATCH];
      System.arraycopy(all, from, some, 0, BATCH);
      producer.add(some);
    }
  }

  private static Frame event(long number) {
    EventBuilder event = FakeAgent.event(Event.Kind.SPAN, number);
    return new Frame(
        (isBad(number) ? event.name("bad " + number) : event).build(), Slice.EMPTY, Slice.EMPTY);
  }

  private static boolean isBad(long number) {
    return number % BATCH == 7;
  }

  /**
   * @param undone true while what the stopped thread left to others is not done
   */
  private void killAt(KillPoint point, int kill, Options options, BooleanSupplier undone)
      throws Exception {
    killed = new CountDownLatch(1);
    int skip = kill % (point.skips + 1);
    if (point == KillPoint.AFTER_SEND) {
      killWhileWaiting(skip, options);
    } else {
      answers.set(Integer.MAX_VALUE);
      // A segment is noted in part only while the rest of it is under way.
      withheld = point == KillPoint.BEFORE_NOTE ? "\"span " + (produced - 1) + "\"" : NOTHING;
      try (Breakpoint breakpoint = new Breakpoint(point.type, point.method);
          Program daemon = DaemonProcess.launch(folder, options, breakpoint.jvmOption())) {
        breakpoint.awaitHit(skip, "fetch", LIMIT);
        if (point == KillPoint.BETWEEN_DELETE_AND_ACK) {
          Await.until("the deletion", LIMIT, () -> !undone.getAsBoolean(), daemon::said);
        }
        daemon.kill();
      }
    }
    killed.countDown();
    withheld = NOTHING;
  }

  private void killWhileWaiting(int after, Options options) {
    answers.set(after);
    try (Program daemon = DaemonProcess.launch(folder, options)) {
      Await.until("a request to wait", LIMIT, () -> answers.get() < 0, daemon::said);
      daemon.kill();
    }
  }

  private void runToTheEnd(Options options, BooleanSupplier empty) throws Exception {
    answers.set(Integer.MAX_VALUE);
    Set<String> good = new HashSet<>();
    Set<String> bad = new HashSet<>();
    for (long number = 0; number < produced; number++) {
      (isBad(number) ? bad : good).add(event(number).event().name());
    }
    try (Program daemon = DaemonProcess.start(folder, options)) {
      Await.until("an empty source", LIMIT, empty, daemon::said);
      assertThat(daemon.stop()).as(daemon.said()).isZero();
      assertThat(daemon.said()).contains(" + pending 0");
    }
    assertThat(Evidence.names(langfuse.spans())).containsExactlyInAnyOrderElementsOf(good);
    assertThat(Evidence.namesOfLetters(folder.resolve("dead-letters")))
        .containsExactlyInAnyOrderElementsOf(bad);
    Evidence.assertThatRepeatsAreIdentical(langfuse.spans());
  }

  private Reply reply(ExportTraceServiceRequest request) {
    Reply due = request.toString().contains("\"bad ") ? Reply.of(400, "bad") : Reply.ok();
    if (!request.toString().contains(withheld) && answers.getAndDecrement() > 0) {
      return due;
    }
    try {
      assertThat(killed.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // Nobody hears the answer. Every other request was taken in all the same.
    return kept.getAndIncrement() % 2 == 0 ? due : Reply.of(503, "too late");
  }

  private static long length(RedisProcess redis) {
    return Long.parseLong(redis.command("XLEN", EventStream.KEY));
  }

  private static long pending(RedisProducer producer) {
    return producer.commands().xpending(EventStream.KEY, EventStream.GROUP).getCount();
  }
}
