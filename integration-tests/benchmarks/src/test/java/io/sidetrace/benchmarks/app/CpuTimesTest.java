package io.sidetrace.benchmarks.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CpuTimesTest {

  @Test
  void since_countsABusyThreadUnderItsKind() throws InterruptedException {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch read = new CountDownLatch(1);
    Thread worker =
        new Thread(
            () -> {
              long end = System.nanoTime() + 50_000_000;
              while (System.nanoTime() < end) {
                Thread.onSpinWait();
              }
              busy.countDown();
              awaitQuietly(read);
            },
            "sidetrace-test");
    CpuTimes before = CpuTimes.of(ProcessHandle.current().pid());

    worker.start();
    busy.await();
    Map<ThreadKind, Long> spent = CpuTimes.of(ProcessHandle.current().pid()).since(before);

    read.countDown();
    worker.join();
    assertThat(spent.get(ThreadKind.AGENT)).isPositive();
    assertThat(spent).containsOnlyKeys(ThreadKind.values());
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
