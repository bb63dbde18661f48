package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.ListeningExecutorService;
import com.google.common.util.concurrent.ListeningScheduledExecutorService;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.SettableFuture;
import io.sidetrace.instrumentation.testing.HopContract;
import io.sidetrace.instrumentation.testing.coverage.Library;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class GuavaTest extends HopContract {

  private final ExecutorService plain = Executors.newFixedThreadPool(2);
  private final ListeningExecutorService pool = MoreExecutors.listeningDecorator(plain);
  private final ListeningScheduledExecutorService scheduled =
      MoreExecutors.listeningDecorator(Executors.newScheduledThreadPool(1));

  @AfterAll
  void stop() {
    pool.shutdownNow();
    scheduled.shutdownNow();
  }

  @Override
  public Library library() {
    return Library.of("Guava", Futures.class);
  }

  @Override
  protected List<Hop> hops() {
    return List.of(
        new Hop("submit", work -> get(pool.submit(work))),
        new Hop("invokeAll", work -> pool.invokeAll(List.of(work)).get(0).get()),
        new Hop("schedule", work -> get(scheduled.schedule(work, 1, TimeUnit.MILLISECONDS))),
        new Hop("submitAsync", work -> get(Futures.submitAsync(() -> pool.submit(work), plain))),
        new Hop(
            "transform",
            work -> get(Futures.transform(pool.submit(() -> 1), one -> call(work), pool))),
        new Hop(
            "transformAsync",
            work ->
                get(Futures.transformAsync(pool.submit(() -> 1), one -> pool.submit(work), plain))),
        new Hop("addCallback", this::addCallback),
        new Hop("a listener of a future that a foreign thread completes", this::completedElsewhere),
        new Hop(
            "whenAllSucceed",
            work ->
                get(
                    Futures.whenAllSucceed(pool.submit(() -> 1), pool.submit(() -> 2))
                        .call(work, plain))),
        new Hop(
            "sequential executor",
            work -> get(Futures.submitAsync(() -> later(work), sequential()))));
  }

  @Test
  void theVersionUnderTest_isTheOneTheBuildNames() {
    String jar = Futures.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    assertThat(jar).contains("guava-" + System.getProperty("guava.version"));
  }

  @Test
  void longChains_completeWithoutDeepStacks() throws Exception {
    ListenableFuture<Integer> chain = Futures.immediateFuture(0);
    SettableFuture<Integer> first = SettableFuture.create();
    SettableFuture<Integer> last = first;
    for (int i = 0; i < 100_000; i++) {
      SettableFuture<Integer> next = SettableFuture.create();
      next.setFuture(last);
      last = next;
    }

    first.setFuture(chain);

    assertThat(last.get(10, TimeUnit.SECONDS)).isZero();
  }

  private Object addCallback(Callable<Object> work) throws Exception {
    var seen = new CompletableFuture<Object>();
    Futures.addCallback(
        pool.submit(() -> 1),
        new FutureCallback<Integer>() {
          @Override
          public void onSuccess(Integer one) {
            try {
              seen.complete(work.call());
            } catch (Exception e) {
              seen.completeExceptionally(e);
            }
          }

          @Override
          public void onFailure(Throwable thrown) {
            seen.completeExceptionally(thrown);
          }
        },
        plain);
    return seen.get(10, TimeUnit.SECONDS);
  }

  private Object completedElsewhere(Callable<Object> work) throws Exception {
    SettableFuture<Integer> future = SettableFuture.create();
    ListenableFuture<Object> after =
        Futures.transform(future, one -> call(work), MoreExecutors.directExecutor());
    new Thread(() -> future.set(1)).start();
    return get(after);
  }

  private Executor sequential() {
    return MoreExecutors.newSequentialExecutor(plain);
  }

  private static ListenableFuture<Object> later(Callable<Object> work) throws Exception {
    return Futures.immediateFuture(work.call());
  }

  private static Object call(Callable<Object> work) {
    try {
      return work.call();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object get(ListenableFuture<?> future) throws Exception {
    return future.get(10, TimeUnit.SECONDS);
  }
}
