package io.sidetrace.daemon.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.Consumer;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XClaimArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.sidetrace.daemon.DaemonProcess;
import io.sidetrace.daemon.Evidence;
import io.sidetrace.daemon.FakeAgent;
import io.sidetrace.daemon.Options;
import io.sidetrace.daemon.deadletter.DeadLetter;
import io.sidetrace.event.EventStream;
import io.sidetrace.harness.Await;
import io.sidetrace.harness.Program;
import io.sidetrace.standin.langfuse.Reply;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Entries that daemons held when they died. */
class RedisSuspectsTest extends RedisStreamFixture {
  private static final Consumer<String> DEAD = Consumer.from(EventStream.GROUP, "dead");

  @BeforeEach
  void group() {
    makeGroup();
  }

  @Test
  void deaths_areCounted_andAStopIsNone() throws Exception {
    langfuse.script(request -> Reply.of(503, "away"));
    Options impatient = options().with("drain-timeout", "0").with("redis-consumer", "daemon");
    producer.add(FakeAgent.frame(1));

    for (long life = 1; life <= 3; life++) {
      try (Program daemon = DaemonProcess.start(folder, impatient)) {
        long deliveries = life;
        Await.until("delivery " + life, LIMIT, () -> deliveries() == deliveries, daemon::said);
        int before = langfuse.requests();
        Await.until("a request", LIMIT, () -> langfuse.requests() > before, daemon::said);
        daemon.kill();
      }
    }
    try (Program daemon = DaemonProcess.start(folder, impatient)) {
      Await.until("delivery 4", LIMIT, () -> deliveries() == 4, daemon::said);
      daemon.stop();
    }

    assertThat(deliveries()).isZero();
  }

  @Test
  void anEntryOfManyDeaths_isPutAmongTheDeadLetters() throws Exception {
    producer.add(FakeAgent.frame(1), FakeAgent.frame(2));
    leaveBehind(6);

    try (Daemon daemon = Daemon.start(options().build())) {
      Await.until("letters", LIMIT, () -> daemon.ledger().deadLettered() == 2);
      Await.until("nothing left", LIMIT, () -> redis.command("XLEN", EventStream.KEY).equals("0"));
    }

    List<DeadLetter> letters = Evidence.letters(folder.resolve("dead-letters"));
    assertThat(letters).allMatch(letter -> letter.reason().startsWith("6 daemons died while"));
    assertThat(Evidence.namesOfLetters(folder.resolve("dead-letters")))
        .containsExactlyInAnyOrder("span 1", "span 2");
    assertThat(langfuse.spans()).isEmpty();
  }

  @Test
  void anEntryThatCannotEvenBeBuried_staysInTheStream_andOthersPass() throws Exception {
    producer.add(FakeAgent.frame(1));
    leaveBehind(7);
    producer.add(FakeAgent.frame(2));

    try (Daemon daemon = Daemon.start(options().build())) {
      Await.until("the other", LIMIT, () -> daemon.ledger().exported() == 1);
      Await.until("one left", LIMIT, () -> redis.command("XLEN", EventStream.KEY).equals("1"));
      assertThat(daemon.ledger().received()).isOne();
    }
    assertThat(langfuse.spans()).extracting("name").containsExactly("span 2");
  }

  @Test
  void suspects_areDeliveredOneAtATime_besideAllElse() throws Exception {
    langfuse.script(request -> Reply.of(503, "away"));
    producer.add(FakeAgent.frame(1));
    producer.add(FakeAgent.frame(2));
    producer.add(FakeAgent.frame(3));
    leaveBehind(3);

    try (Daemon daemon = Daemon.start(options().build())) {
      Await.until("one of them", LIMIT, () -> daemon.ledger().received() == 1);
      producer.add(FakeAgent.frame(4));
      Await.until("another", LIMIT, () -> daemon.ledger().received() >= 2);
      producer.add(FakeAgent.frame(5));
      Await.until("and one more", LIMIT, () -> daemon.ledger().received() >= 3);
      assertThat(daemon.ledger().received()).isEqualTo(3);

      langfuse.script(request -> Reply.ok());
      Await.until("all", LIMIT, () -> daemon.ledger().exported() == 5);
    }
  }

  @Test
  void suspects_comeAfterAllElse_byTheirDeaths() throws Exception {
    for (int deaths : new int[] {5, 3, 4}) {
      producer.add(FakeAgent.frame(deaths));
      leaveBehind(deaths);
    }
    producer.add(FakeAgent.frame(0));

    try (Daemon daemon = Daemon.start(options().build())) {
      Await.until("all", LIMIT, () -> daemon.ledger().exported() == 4);
    }
    assertThat(langfuse.spans())
        .extracting("name")
        .containsExactly("span 0", "span 3", "span 4", "span 5");
  }

  /** All entries there are, as if so many daemons had died, a minute ago. */
  @SuppressWarnings("unchecked") // an array of a generic type
  private void leaveBehind(int deaths) {
    List<StreamMessage<String, byte[]>> read =
        producer.commands().xreadgroup(DEAD, StreamOffset.lastConsumed(EventStream.KEY));
    String[] ids = read.stream().map(StreamMessage::getId).toArray(String[]::new);
    producer
        .commands()
        .xclaim(
            EventStream.KEY,
            DEAD,
            new XClaimArgs().justid().idle(Duration.ofMinutes(1)).retryCount(deaths),
            ids);
  }

  private long deliveries() {
    return producer
        .commands()
        .xpending(EventStream.KEY, EventStream.GROUP, Range.unbounded(), Limit.from(1))
        .stream()
        .mapToLong(entry -> entry.getRedeliveryCount())
        .sum();
  }

  @Override
  Options options() {
    return super.options().with("redis-min-idle", "200ms");
  }
}
