package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.instrumentation.testing.HopContract;
import io.sidetrace.instrumentation.testing.coverage.Library;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.threads.EnhancedQueueExecutor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class JbossThreadsTest extends HopContract {

  private final EnhancedQueueExecutor pool =
      new EnhancedQueueExecutor.Builder().setCorePoolSize(1).setMaximumPoolSize(2).build();

  @AfterAll
  void stop() {
    pool.shutdownNow();
  }

  @Override
  public Library library() {
    return Library.of("JBoss threads", EnhancedQueueExecutor.class);
  }

  @Override
  protected List<Hop> hops() {
    return List.of(
        new Hop("execute", this::execute),
        new Hop("submit", work -> pool.submit(work).get(10, TimeUnit.SECONDS)),
        new Hop("invokeAll", work -> pool.invokeAll(List.of(work)).get(0).get()),
        new Hop(
            "supplyAsync", work -> CompletableFuture.supplyAsync(() -> call(work), pool).get()));
  }

  @Test
  void theVersionUnderTest_isTheOneTheBuildNames() {
    String jar =
        EnhancedQueueExecutor.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    assertThat(jar).contains("jboss-threads-" + System.getProperty("jboss-threads.version"));
  }

  private Object execute(Callable<Object> work) throws Exception {
    var seen = new CompletableFuture<Object>();
    pool.execute(
        () -> {
          try {
            seen.complete(work.call());
          } catch (Exception e) {
            seen.completeExceptionally(e);
          }
        });
    return seen.get(10, TimeUnit.SECONDS);
  }

  private static Object call(Callable<Object> work) {
    try {
      return work.call();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
