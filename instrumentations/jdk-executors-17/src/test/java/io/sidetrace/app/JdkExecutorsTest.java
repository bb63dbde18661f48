package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.HeaderLookup;
import io.sidetrace.agent.api.ServerCall;
import io.sidetrace.instrumentation.testing.AgentExtension;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the contract of hops does not ask for. */
class JdkExecutorsTest {

  @RegisterExtension static final AgentExtension agent = new AgentExtension();

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

  @Test
  void periodicTasks_belongToNoRequest() throws Exception {
    var scheduled = Executors.newScheduledThreadPool(1);
    var seen = new LinkedBlockingQueue<String>();
    var rate = scheduled.scheduleAtFixedRate(() -> seen.add(found()), 0, 1, TimeUnit.MILLISECONDS);
    var delay =
        scheduled.scheduleWithFixedDelay(() -> seen.add(found()), 0, 1, TimeUnit.MILLISECONDS);

    for (int i = 0; i < 4; i++) {
      assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("nothing");
    }

    rate.cancel(false);
    delay.cancel(false);
    scheduled.shutdown();
  }

  @Test
  void parallelWork_isInItsContextOnEveryThread() {
    var contexts = new ConcurrentHashMap<Thread, Set<Context>>();

    long sum =
        IntStream.range(0, 2000)
            .parallel()
            .peek(
                i ->
                    contexts
                        .computeIfAbsent(Thread.currentThread(), t -> ConcurrentHashMap.newKeySet())
                        .add(Context.current()))
            .sum();

    assertThat(sum).isEqualTo(1999 * 1000);
    assertThat(contexts.values()).allMatch(Set.of(request.context())::equals);
  }

  @Test
  void tasksOfSeveralRequests_keepApartInOnePool() throws Exception {
    var threads = new ForkJoinPool(3);
    var first = IntStream.range(0, 200).mapToObj(i -> threads.submit(Context::current)).toList();
    ServerCall other = ServerCall.begin("GET", "/other", HeaderLookup.NONE);
    Context.restore(other.context());
    var second = IntStream.range(0, 200).mapToObj(i -> threads.submit(Context::current)).toList();
    Context.restore(null);
    var third = IntStream.range(0, 200).mapToObj(i -> threads.submit(Context::current)).toList();

    for (int i = 0; i < 200; i++) {
      assertThat(first.get(i).get()).isSameAs(request.context());
      assertThat(second.get(i).get()).isSameAs(other.context());
      assertThat(third.get(i).get()).isNull();
    }

    other.end(200, null);
    threads.shutdown();
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
  void aPoolThatKeepsTasksFromUs_runsFuturesInTheirContext() throws Exception {
    var hooked =
        new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {
          @Override
          protected void beforeExecute(Thread thread, Runnable task) {
            // without super, as Spring's do
          }
        };
    assertThat(hooked.submit(Context::current).get()).isSameAs(request.context());
    assertThat(CompletableFuture.supplyAsync(Context::current, hooked).get())
        .isSameAs(request.context());

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

  private static String found() {
    Context context = Context.current();
    return context == null ? "nothing" : "a context";
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
