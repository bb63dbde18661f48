package io.sidetrace.daemon.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.Consumer;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.models.stream.PendingMessage;
import io.sidetrace.daemon.DaemonProcess;
import io.sidetrace.daemon.FakeAgent;
import io.sidetrace.daemon.Options;
import io.sidetrace.event.Event;
import io.sidetrace.event.EventStream;
import io.sidetrace.event.Frame;
import io.sidetrace.event.Slice;
import io.sidetrace.harness.Await;
import io.sidetrace.harness.Program;
import io.sidetrace.standin.langfuse.Reply;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Daemons on a real Redis that share what there is, and take over what the dead ones hold. */
class RedisTakeoverTest extends RedisStreamFixture {

  @Test
  @SuppressWarnings("unchecked") // an array of a generic type
  void run_takesOverWhatADeadDaemonHolds() throws Exception {
    makeGroup();
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
    makeGroup();
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
}
