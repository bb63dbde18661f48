package io.sidetrace.agent.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.agent.api.Finished;
import io.sidetrace.agent.transport.Ledger;
import io.sidetrace.event.Frame;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class EventQueueTest {

  private final Ledger ledger = new Ledger();

  @Test
  void offer_dropsWhenTheCountIsFull() {
    EventQueue queue = new EventQueue(3, 1 << 20, ledger);

    for (int i = 0; i < 3; i++) {
      assertThat(queue.offer(Frames.finished(i, 0))).isTrue();
    }

    assertThat(queue.offer(Frames.finished(3, 0))).isFalse();
    assertThat(dropped("queueFull")).isEqualTo(1);
    assertThat(queue.accepted()).isEqualTo(3);
  }

  @Test
  void offer_dropsBodiesBeforeEvents() {
    EventQueue queue = new EventQueue(100, 4096, ledger);
    queue.offer(Frames.finished(0, 2000));

    boolean kept = queue.offer(Frames.finished(1, 2000));

    assertThat(kept).isTrue();
    assertThat(ledger.snapshot(2, 2).withoutBodies()).isEqualTo(1);
    assertThat(queue.poll().frame().request().length()).isEqualTo(2000);
    Frame bare = queue.poll().frame();
    assertThat(bare.request().length()).isZero();
    assertThat(bare.event().spanId()).endsWith("2");
    assertThat(bare.event().requestSize().size()).isEqualTo(2000);
    assertThat(bare.event().requestSize().truncated()).isTrue();
  }

  @Test
  void offer_dropsWhenTheBytesAreFull() {
    EventQueue queue = new EventQueue(100, 2048, ledger);

    for (int i = 0; i < 4; i++) {
      assertThat(queue.offer(Frames.finished(i, 0))).isTrue();
    }

    assertThat(queue.offer(Frames.finished(4, 0))).isFalse();
    assertThat(dropped("bytesFull")).isEqualTo(1);
  }

  @Test
  void poll_makesRoomForAsMuchAsItTakes() {
    EventQueue queue = new EventQueue(100, 4096, ledger);

    for (int i = 0; i < 1000; i++) {
      assertThat(queue.offer(Frames.finished(i, 2000))).isTrue();
      assertThat(queue.poll().frame().request().length()).isEqualTo(2000);
    }

    assertThat(ledger.snapshot(1000, 0).withoutBodies()).isZero();
  }

  @Test
  void offer_wakesOnceForEachTimeTheMarkIsPassed() throws Exception {
    EventQueue queue = new EventQueue(16, 1 << 20, ledger);
    AtomicLong woken = new AtomicLong();
    AtomicBoolean stop = new AtomicBoolean();
    CountDownLatch parked = new CountDownLatch(1);
    Thread drainer =
        new Thread(
            () -> {
              parked.countDown();
              while (!stop.get()) {
                LockSupport.park();
                woken.incrementAndGet();
              }
            });
    queue.wakes(drainer);
    drainer.start();
    parked.await();

    for (int i = 0; i < 3; i++) {
      queue.offer(Frames.finished(i, 0));
    }
    assertThat(queue.overMark()).isFalse();
    queue.offer(Frames.finished(3, 0));

    assertThat(queue.overMark()).isTrue();
    Eventually.assertThatEventually(() -> assertThat(woken.get()).isPositive());
    stop.set(true);
    LockSupport.unpark(drainer);
    drainer.join();
  }

  @Test
  void theLedgerBalancesWhileManyThreadsOffer() throws Exception {
    EventQueue queue = new EventQueue(64, 64 << 10, ledger);
    int threads = 8;
    int each = 50_000;
    CountDownLatch done = new CountDownLatch(threads);
    for (int t = 0; t < threads; t++) {
      new Thread(
              () -> {
                Finished event = Frames.finished(1, 1000);
                for (int i = 0; i < each; i++) {
                  queue.offer(event);
                }
                done.countDown();
              })
          .start();
    }

    long missing = 0;
    while (done.getCount() > 0 || !queue.isEmpty()) {
      for (int i = 0; i < 50; i++) {
        if (queue.poll() != null) {
          ledger.sent(1);
        }
      }
      long accepted = queue.accepted();
      missing |= ledger.snapshot(accepted, accepted - queue.taken()).missing();
    }

    Ledger.Snapshot end = ledger.snapshot(queue.accepted(), 0);
    assertThat(missing).isZero();
    assertThat(end.missing()).isZero();
    assertThat(end.captured()).isEqualTo((long) threads * each);
    assertThat(end.sent()).isPositive();
    assertThat(end.droppedInAll()).isPositive();
    assertThat(queue.overMark()).isFalse();
  }

  private long dropped(String cause) {
    return ledger.snapshot(0, 0).dropped().get(cause);
  }
}
