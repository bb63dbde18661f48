package io.sidetrace.instrumentation.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The same calls as often as one likes, on sixteen threads. */
final class Load {
  static final int CALLS = 2_000;
  private static final int THREADS = 16;

  /** One of the calls. */
  @FunctionalInterface
  interface Call {
    void make(int number) throws Exception;
  }

  private Load() {}

  /** Waits for all; fails as the first that fails. */
  static void run(Call call) throws Exception {
    AtomicInteger next = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> callers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        callers.add(
            threads.submit(
                () -> {
                  for (int number; (number = next.getAndIncrement()) < CALLS; ) {
                    call.make(number);
                  }
                  return null;
                }));
      }
      for (Future<?> caller : callers) {
        caller.get();
      }
    } finally {
      threads.shutdownNow();
      assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).as("callers end").isTrue();
    }
  }

  /** Mostly short, some longer than any buffer on the way; the same for the same call. */
  static String text(int number) {
    Random random = new Random(number);
    int length = number % 100 == 99 ? 100_000 : random.nextInt(4_000);
    StringBuilder text = new StringBuilder(length);
    while (text.length() < length) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }

  /** Those that live now. */
  static int threads() {
    return Thread.getAllStackTraces().size();
  }

  /** A pool may have met more calls at once than before; what grows by the call is a leak. */
  static void assertNoneLeft(int threadsBefore) {
    assertThat(threads()).as("threads").isLessThanOrEqualTo(threadsBefore + THREADS);
  }
}
