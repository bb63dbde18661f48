package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.HeaderLookup;
import io.sidetrace.agent.api.ServerCall;
import io.sidetrace.instrumentation.testing.HopContract;
import io.sidetrace.instrumentation.testing.coverage.Library;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

class ReactorTest extends HopContract {

  private final ExecutorService executor = Executors.newFixedThreadPool(2);
  private final Scheduler own = Schedulers.fromExecutorService(executor);

  @AfterAll
  void stop() {
    executor.shutdownNow();
  }

  @Override
  public Library library() {
    return Library.of("Reactor", Flux.class);
  }

  @Override
  protected List<Hop> hops() {
    return List.of(
        new Hop("subscribeOn(boundedElastic)", work -> on(Schedulers.boundedElastic(), work)),
        new Hop("subscribeOn(parallel)", work -> on(Schedulers.parallel(), work)),
        new Hop("subscribeOn(single)", work -> on(Schedulers.single(), work)),
        new Hop("subscribeOn(fromExecutorService)", work -> on(own, work)),
        new Hop(
            "Mono.publishOn",
            work -> get(Mono.just(1).publishOn(Schedulers.parallel()).map(one -> found(work)))),
        new Hop(
            "Flux.publishOn twice",
            work ->
                get(
                    Flux.just(1)
                        .publishOn(Schedulers.parallel())
                        .publishOn(own)
                        .map(one -> found(work))
                        .next())),
        new Hop(
            "filtered",
            work ->
                get(
                    Flux.range(0, 3)
                        .publishOn(own)
                        .filter(i -> i == 1)
                        .map(one -> found(work))
                        .next())),
        new Hop("pulled by a foreign thread", this::pulledElsewhere),
        // On one thread: up to 3.5.8 an element may be lost if its delay ends on a second one while
        // the first still schedules it, https://github.com/reactor/reactor-core/issues/3537.
        new Hop(
            "delayElement",
            work ->
                get(
                    Mono.just(1)
                        .delayElement(Duration.ofMillis(1), Schedulers.single())
                        .subscribeOn(Schedulers.single())
                        .map(one -> found(work)))),
        new Hop(
            "flatMap",
            work ->
                get(
                    Flux.range(0, 1)
                        .flatMap(i -> Mono.fromCallable(() -> found(work)).subscribeOn(own))
                        .next())),
        new Hop(
            "parallel",
            work ->
                get(
                    Flux.range(0, 1)
                        .parallel(2)
                        .runOn(Schedulers.parallel())
                        .map(one -> found(work))
                        .sequential()
                        .next())),
        new Hop(
            "retryWhen",
            work -> {
              var tries = new int[1];
              return get(
                  Mono.fromCallable(
                          () -> {
                            if (tries[0]++ == 0) {
                              throw new IllegalArgumentException("once more");
                            }
                            return found(work);
                          })
                      .retryWhen(
                          Retry.backoff(2, Duration.ofMillis(1))
                              .filter(IllegalArgumentException.class::isInstance)));
            }),
        new Hop(
            "fromFuture",
            work -> get(Mono.fromFuture(() -> CompletableFuture.supplyAsync(() -> found(work))))));
  }

  @Test
  void theVersionUnderTest_isTheOneTheBuildNames() {
    String jar = Flux.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    assertThat(jar).contains("reactor-core-" + System.getProperty("reactor.version"));
  }

  @Test
  void whatHasAPeriod_belongsToNoRequest() {
    ServerCall request = ServerCall.begin("GET", "/", HeaderLookup.NONE);
    Context.attach(request.context());

    var seen =
        Flux.interval(Duration.ofMillis(1))
            .map(tick -> Optional.ofNullable(Context.current()))
            .take(3)
            .collectList()
            .block();

    Context.restore(null);
    request.end(200, null);
    assertThat(seen).containsOnly(Optional.empty());
  }

  @Test
  void aFluxCancelledHalfWay_leavesNothingBehind() {
    ServerCall request = ServerCall.begin("GET", "/", HeaderLookup.NONE);
    Context.attach(request.context());

    assertThat(Flux.range(0, 100_000).publishOn(own).take(3).count().block()).isEqualTo(3);

    Context.restore(null);
    request.end(200, null);
    assertThat(
            Flux.range(0, 5)
                .publishOn(own)
                .map(i -> Optional.ofNullable(Context.current()))
                .collectList()
                .block())
        .containsOnly(Optional.empty());
  }

  /** As a server's event loop does when it has written a piece. */
  private Object pulledElsewhere(Callable<Object> work) throws Exception {
    var seen = new CompletableFuture<Optional<Object>>();
    var subscriber =
        new BaseSubscriber<Optional<Object>>() {
          @Override
          protected void hookOnSubscribe(Subscription subscription) {
            // asks later
          }

          @Override
          protected void hookOnNext(Optional<Object> found) {
            seen.complete(found);
          }

          @Override
          protected void hookOnError(Throwable thrown) {
            seen.completeExceptionally(thrown);
          }
        };
    Flux.just(1, 2).publishOn(own).map(one -> found(work)).subscribe(subscriber);
    new Thread(() -> subscriber.request(1)).start();
    return seen.get(10, TimeUnit.SECONDS).orElse(null);
  }

  private static Object on(Scheduler scheduler, Callable<Object> work) {
    return get(Mono.fromCallable(() -> found(work)).subscribeOn(scheduler));
  }

  private static Optional<Object> found(Callable<Object> work) {
    try {
      return Optional.ofNullable(work.call());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object get(Mono<Optional<Object>> mono) {
    return mono.block(Duration.ofSeconds(10)).orElse(null);
  }
}
