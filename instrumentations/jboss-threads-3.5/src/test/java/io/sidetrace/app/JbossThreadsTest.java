package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.instrumentation.testing.HopContract;
import io.sidetrace.instrumentation.testing.Work;
import io.sidetrace.instrumentation.testing.coverage.Library;
import java.util.List;
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
        new Hop("execute", work -> Work.lambda(pool::execute, work)),
        new Hop("submit", work -> pool.submit(work).get(10, TimeUnit.SECONDS)),
        new Hop("invokeAll", work -> pool.invokeAll(List.of(work)).get(0).get()),
        new Hop(
            "supplyAsync",
            work -> CompletableFuture.supplyAsync(() -> Work.call(work), pool).get()));
  }

  @Test
  void theVersionUnderTest_isTheOneTheBuildNames() {
    String jar =
        EnhancedQueueExecutor.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    assertThat(jar).contains("jboss-threads-" + System.getProperty("jboss-threads.version"));
  }
}
