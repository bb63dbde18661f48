package io.sidetrace.app;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.schedulers.Schedulers;
import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.HeaderLookup;
import io.sidetrace.agent.api.ServerCall;
import io.sidetrace.instrumentation.testing.HopContract;
import io.sidetrace.instrumentation.testing.coverage.Library;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class RxJavaTest extends HopContract {

  private final ExecutorService executor = Executors.newFixedThreadPool(2);
  private final Scheduler own = Schedulers.from(executor);

  @AfterAll
  void stop() {
    executor.shutdownNow();
  }

  @Override
  public Library library() {
    return Library.of("RxJava", Observable.class);
  }

  @Override
  protected List<Hop> hops() {
    return List.of(
        new Hop("subscribeOn(io)", work -> on(Schedulers.io(), work)),
        new Hop("subscribeOn(computation)", work -> on(Schedulers.computation(), work)),
        new Hop("subscribeOn(single)", work -> on(Schedulers.single(), work)),
        new Hop("subscribeOn(newThread)", work -> on(Schedulers.newThread(), work)),
        new Hop("subscribeOn(from)", work -> on(own, work)),
        new Hop("subscribeOn(from, fair)", work -> on(Schedulers.from(executor, true, true), work)),
        new Hop(
            "observeOn twice",
            work ->
                Observable.just(1)
                    .observeOn(Schedulers.computation())
                    .observeOn(own)
                    .map(one -> found(work))
                    .blockingFirst()
                    .orElse(null)),
        new Hop(
            "Flowable.parallel",
            work ->
                Flowable.range(0, 1)
                    .parallel(2)
                    .runOn(Schedulers.computation())
                    .map(one -> found(work))
                    .sequential()
                    .blockingFirst()
                    .orElse(null)),
        new Hop(
            "Maybe.delay",
            work ->
                Maybe.just(1)
                    .delay(1, MILLISECONDS)
                    .map(one -> found(work))
                    .blockingGet()
                    .orElse(null)),
        new Hop(
            "Single.timer on from",
            work ->
                Single.timer(1, MILLISECONDS, own)
                    .map(one -> found(work))
                    .blockingGet()
                    .orElse(null)),
        new Hop(
            "Completable.andThen",
            work ->
                Completable.complete()
                    .observeOn(Schedulers.io())
                    .andThen(Single.fromCallable(() -> found(work)))
                    .blockingGet()
                    .orElse(null)));
  }

  @Test
  void theVersionUnderTest_isTheOneTheBuildNames() {
    String jar = Observable.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    assertThat(jar).contains("rxjava-" + System.getProperty("rxjava.version"));
  }

  @Test
  void whatHasAPeriod_belongsToNoRequest() {
    ServerCall request = ServerCall.begin("GET", "/", HeaderLookup.NONE);
    Context.attach(request.context());

    var seen =
        Observable.interval(1, MILLISECONDS)
            .map(tick -> Optional.ofNullable(Context.current()))
            .take(3)
            .toList()
            .blockingGet();

    Context.restore(null);
    request.end(200, null);
    assertThat(seen).containsOnly(Optional.empty());
  }

  private static Object on(Scheduler scheduler, Callable<Object> work) {
    return Single.fromCallable(() -> found(work)).subscribeOn(scheduler).blockingGet().orElse(null);
  }

  private static Optional<Object> found(Callable<Object> work) throws Exception {
    return Optional.ofNullable(work.call());
  }
}
