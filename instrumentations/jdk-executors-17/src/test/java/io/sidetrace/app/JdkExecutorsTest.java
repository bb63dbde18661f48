package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.HeaderLookup;
import io.sidetrace.agent.api.ServerCall;
import io.sidetrace.instrumentation.testing.AgentExtension;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JdkExecutorsTest {

  @RegisterExtension static final AgentExtension agent = new AgentExtension();

  private static final ForkJoinPool FORK_JOIN = new ForkJoinPool(2);

  private final ExecutorService pool = Executors.newSingleThreadExecutor();
  private ServerCall request;

  @BeforeEach
  void begin() {
    request = ServerCall.begin("GET", "/", HeaderLookup.NONE);
    Context.attach(request.context());
  }

  @AfterEach
  void end() throws Exception {
    Context.restore(null);
    request.end(200, null);
    pool.shutdownNow();
    assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  /** How work can be handed to a thread, each giving the context found there. */
  private interface Hop {
    Context seen(ExecutorService pool) throws Exception;
  }

  static List<Hop> hops() {
    Supplier<Context> here = Context::current;
    Callable<Context> call = Context::current;
    return List.of(
        pool -> pool.submit(call).get(),
        pool -> pool.invokeAll(List.of(call)).get(0).get(),
        pool -> pool.invokeAny(List.of(call)),
        pool -> CompletableFuture.supplyAsync(here, pool).get(),
        pool -> CompletableFuture.supplyAsync(here).get(),
        pool -> CompletableFuture.supplyAsync(() -> 1).thenApplyAsync(one -> here.get()).get(),
        pool -> CompletableFuture.supplyAsync(here, FORK_JOIN).get(),
        pool ->
            CompletableFuture.supplyAsync(() -> 1)
                .thenApplyAsync(one -> here.get(), FORK_JOIN)
                .get(),
        pool -> {
          var seen = new CompletableFuture<Context>();
          pool.execute(() -> seen.complete(Context.current()));
          return seen.get();
        },
        pool -> {
          var seen = new CompletableFuture<Context>();
          CompletableFuture.runAsync(() -> seen.complete(Context.current())).get();
          return seen.get();
        },
        pool -> {
          var task = new FutureTask<>(call);
          pool.execute(task);
          return task.get();
        });
  }

  @ParameterizedTest
  @MethodSource("hops")
  void theContext_travelsWithTheTask(Hop hop) throws Exception {
    assertThat(hop.seen(pool)).isSameAs(request.context());
  }

  @ParameterizedTest
  @MethodSource("hops")
  void threads_areLeftWithoutContext(Hop hop) throws Exception {
    hop.seen(pool);

    Context.restore(null);

    assertThat(hop.seen(pool)).isNull();
  }

  @Test
  void theQueue_holdsTheTaskItself() throws Exception {
    var release = new CountDownLatch(1);
    var queue = new LinkedBlockingQueue<Runnable>();
    var single = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, queue);
    single.execute(() -> await(release));
    Runnable waiting = () -> {};

    single.execute(waiting);

    assertThat(queue.peek()).isSameAs(waiting);
    assertThat(single.remove(waiting)).isTrue();
    release.countDown();
    single.shutdown();
  }

  @Test
  void aPriorityQueue_comparesTheTasksThemselves() throws Exception {
    record Ranked(int rank, Runnable work) implements Runnable {
      @Override
      public void run() {
        work.run();
      }
    }
    var queue =
        new PriorityBlockingQueue<Runnable>(4, Comparator.comparing(r -> ((Ranked) r).rank()));
    var done = new CountDownLatch(2);
    var ranked = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, queue);

    ranked.execute(new Ranked(2, done::countDown));
    ranked.execute(new Ranked(1, done::countDown));

    assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    ranked.shutdown();
  }

  @Test
  void aPoolWithHooksOfItsOwn_leaksNoContextIntoTheNextTask() throws Exception {
    var hooked =
        new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {
          @Override
          protected void afterExecute(Runnable task, Throwable thrown) {
            // without super, as many do
          }
        };
    assertThat(hooked.submit(Context::current).get()).isSameAs(request.context());

    Context.restore(null);

    assertThat(hooked.submit(Context::current).get()).isNull();
    hooked.shutdown();
  }

  @Test
  void aTaskOfTheApplicationsOwnClass_carriesNothing() throws Exception {
    var seen = new CompletableFuture<Boolean>();
    Runnable loop =
        new Runnable() {
          @Override
          public void run() {
            seen.complete(Context.current() == null);
          }
        };

    pool.execute(loop);

    assertThat(seen.get(10, TimeUnit.SECONDS)).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
