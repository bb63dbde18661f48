package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.instrumentation.testing.HopContract;
import io.sidetrace.instrumentation.testing.coverage.Library;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import kotlinx.coroutines.CoroutineScope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class KotlinCoroutinesTest extends HopContract {

  private final ExecutorService pool = Executors.newFixedThreadPool(2);

  @AfterAll
  void stop() {
    pool.shutdownNow();
  }

  @Override
  public Library library() {
    return Library.of("Kotlin coroutines", CoroutineScope.class);
  }

  @Override
  protected List<Hop> hops() {
    return List.of(
        new Hop("Dispatchers.Default", Coroutines::default_),
        new Hop("withContext(IO)", Coroutines::io),
        new Hop("Unconfined", Coroutines::unconfined),
        new Hop("limitedParallelism", Coroutines::limited),
        new Hop("an executor's dispatcher", work -> Coroutines.executor(pool, work)),
        new Hop("delay", Coroutines::delayed),
        new Hop("yield", Coroutines::yielding),
        new Hop("nested scopes", Coroutines::nested),
        new Hop("resumed by a foreign thread", Coroutines::resumedElsewhere),
        new Hop("a channel", Coroutines::channel),
        new Hop("flowOn", Coroutines::flows),
        new Hop("future", Coroutines::future),
        new Hop("a timeout", Coroutines::timeout));
  }

  @Test
  void theVersionUnderTest_isTheOneTheBuildNames() {
    String jar = CoroutineScope.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    assertThat(jar)
        .contains("kotlinx-coroutines-core-jvm-" + System.getProperty("coroutines.version"));
  }
}
