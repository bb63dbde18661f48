package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.HopContract;
import io.sidetrace.instrumentation.testing.coverage.Library;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

class SpringAsyncTest extends HopContract {

  private AnnotationConfigApplicationContext spring;

  @BeforeAll
  void start() {
    spring = new AnnotationConfigApplicationContext(Asynchronous.class);
  }

  @AfterAll
  void stop() {
    spring.close();
  }

  @Override
  public Library library() {
    return Library.of("Spring @Async", Async.class);
  }

  @Override
  protected List<Hop> hops() {
    return List.of(
        new Hop("@Async in a pool", work -> get(worker().inPool(work))),
        new Hop("@Async in a thread of its own", work -> get(worker().inThread(work))),
        new Hop("ThreadPoolTaskExecutor.execute", this::execute),
        new Hop("ThreadPoolTaskExecutor.submit", work -> get(pool().submit(work))));
  }

  private Worker worker() {
    return spring.getBean(Worker.class);
  }

  private AsyncTaskExecutor pool() {
    return spring.getBean("pool", AsyncTaskExecutor.class);
  }

  private Object execute(Callable<Object> work) throws Exception {
    var seen = new CompletableFuture<Object>();
    pool()
        .execute(
            () -> {
              try {
                seen.complete(work.call());
              } catch (Exception e) {
                seen.completeExceptionally(e);
              }
            });
    return get(seen);
  }

  private static Object get(Future<Object> future) throws Exception {
    return future.get(10, TimeUnit.SECONDS);
  }

  @Configuration
  @EnableAsync
  static class Asynchronous {
    @Bean
    Worker worker() {
      return new Worker();
    }

    @Bean
    AsyncTaskExecutor pool() {
      return new ThreadPoolTaskExecutor();
    }

    @Bean
    AsyncTaskExecutor threads() {
      return new SimpleAsyncTaskExecutor();
    }
  }

  static class Worker {
    @Async("pool")
    public Future<Object> inPool(Callable<Object> work) throws Exception {
      return CompletableFuture.completedFuture(work.call());
    }

    @Async("threads")
    public Future<Object> inThread(Callable<Object> work) throws Exception {
      return CompletableFuture.completedFuture(work.call());
    }
  }
}
