package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.HeaderLookup;
import io.sidetrace.agent.api.ServerCall;
import io.sidetrace.instrumentation.testing.HopContract;
import io.sidetrace.instrumentation.testing.coverage.Library;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class MutinyTest extends HopContract {

  private final ExecutorService pool = Executors.newFixedThreadPool(2);

  @AfterAll
  void stop() {
    pool.shutdownNow();
  }

  @Override
  public Library library() {
    return Library.of("Mutiny", Uni.class);
  }

  @Override
  protected List<Hop> hops() {
    return List.of(
        new Hop(
            "Uni.runSubscriptionOn",
            work -> get(Uni.createFrom().item(() -> call(work)).runSubscriptionOn(pool))),
        new Hop(
            "Uni.runSubscriptionOn, default pool",
            work ->
                get(
                    Uni.createFrom()
                        .item(() -> call(work))
                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()))),
        new Hop(
            "Uni.emitOn",
            work -> get(Uni.createFrom().item(1).emitOn(pool).map(one -> call(work)))),
        new Hop(
            "Uni.delayIt",
            work ->
                get(
                    Uni.createFrom()
                        .item(1)
                        .onItem()
                        .delayIt()
                        .by(Duration.ofMillis(1))
                        .map(one -> call(work)))),
        new Hop(
            "Uni of a CompletionStage",
            work ->
                get(
                    Uni.createFrom()
                        .completionStage(() -> CompletableFuture.supplyAsync(() -> call(work))))),
        new Hop(
            "Uni retried",
            work -> {
              var tries = new int[1];
              return get(
                  Uni.createFrom()
                      .item(
                          () -> {
                            if (tries[0]++ == 0) {
                              throw new IllegalArgumentException("once more");
                            }
                            return call(work);
                          })
                      .onFailure(IllegalArgumentException.class)
                      .retry()
                      .withBackOff(Duration.ofMillis(1))
                      .atMost(2));
            }),
        new Hop(
            "Multi.emitOn",
            work -> get(Multi.createFrom().item(1).emitOn(pool).map(one -> call(work)).toUni())),
        new Hop(
            "Multi.emitOn twice",
            work ->
                get(
                    Multi.createFrom()
                        .items(1, 2)
                        .emitOn(pool)
                        .emitOn(Infrastructure.getDefaultExecutor())
                        .map(one -> one == 1 ? call(work) : Optional.empty())
                        .toUni())),
        new Hop(
            "Multi.runSubscriptionOn",
            work ->
                get(
                    Multi.createFrom()
                        .items(1)
                        .map(one -> call(work))
                        .runSubscriptionOn(pool)
                        .toUni())));
  }

  @Test
  void theVersionUnderTest_isTheOneTheBuildNames() {
    String jar = Uni.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    assertThat(jar).contains("mutiny-" + System.getProperty("mutiny.version"));
  }

  @Test
  void whatHasAPeriod_belongsToNoRequest() {
    ServerCall request = ServerCall.begin("GET", "/", HeaderLookup.NONE);
    Context.attach(request.context());

    var seen =
        Multi.createFrom()
            .ticks()
            .every(Duration.ofMillis(1))
            .map(tick -> Optional.ofNullable(Context.current()))
            .select()
            .first(3)
            .collect()
            .asList()
            .await()
            .atMost(Duration.ofSeconds(10));

    Context.restore(null);
    request.end(200, null);
    assertThat(seen).containsOnly(Optional.empty());
  }

  private static Optional<Object> call(Callable<Object> work) {
    try {
      return Optional.ofNullable(work.call());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object get(Uni<Optional<Object>> uni) {
    return uni.await().atMost(Duration.ofSeconds(10)).orElse(null);
  }
}
