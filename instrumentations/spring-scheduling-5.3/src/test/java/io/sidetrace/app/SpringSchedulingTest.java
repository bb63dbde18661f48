package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.HeaderLookup;
import io.sidetrace.agent.api.ServerCall;
import io.sidetrace.event.Event;
import io.sidetrace.instrumentation.testing.AgentExtension;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.SpringVersion;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

class SpringSchedulingTest {

  @RegisterExtension static final AgentExtension agent = new AgentExtension();

  @Test
  void theSpringUnderTest_isTheOneTheBuildNames() {
    assertThat(SpringVersion.getVersion()).isEqualTo(System.getProperty("spring.version"));
  }

  @Test
  void aScheduledMethodThatCallsAnLlm_isTheRootOfATrace() throws Exception {
    try (var spring = new AnnotationConfigApplicationContext(Scheduling.class)) {
      assertThat(spring.getBean(Digest.class).ran.await(10, TimeUnit.SECONDS)).isTrue();
      agent.awaitEvents(2);
    }

    Event call = agent.events().get(0).event();
    Event root = agent.events().get(1).event();
    assertThat(root.name()).isEqualTo("Digest.write");
    assertThat(root.parentSpanId()).isNull();
    assertThat(call.parentSpanId()).isEqualTo(root.spanId());
  }

  @ParameterizedTest
  @ValueSource(strings = {"pool", "threads"})
  void anAsyncMethod_isInTheContextOfItsCaller(String executor) throws Exception {
    try (var spring = new AnnotationConfigApplicationContext(Asynchronous.class)) {
      Worker worker = spring.getBean(Worker.class);
      ServerCall request = ServerCall.begin("GET", "/", HeaderLookup.NONE);
      request.enter();
      Future<Context> inside = executor.equals("pool") ? worker.inPool() : worker.inThread();
      request.leave();

      assertThat(inside.get(10, TimeUnit.SECONDS)).isSameAs(request.context());
      Future<Context> outside = executor.equals("pool") ? worker.inPool() : worker.inThread();
      assertThat(outside.get(10, TimeUnit.SECONDS)).isNull();
      request.end(200, null);
    }
  }

  @Test
  void aLambdaInAPoolOfSpring_isInTheContextOfWhoeverHandsItOver() throws Exception {
    var pool = new ThreadPoolTaskExecutor();
    pool.setCorePoolSize(1);
    pool.initialize();
    ServerCall request = ServerCall.begin("GET", "/", HeaderLookup.NONE);
    request.enter();
    var inside = new CompletableFuture<Context>();
    pool.execute(() -> inside.complete(Context.current()));
    request.leave();
    request.end(200, null);

    assertThat(inside.get(10, TimeUnit.SECONDS)).isSameAs(request.context());
    var outside = new CompletableFuture<Boolean>();
    pool.execute(() -> outside.complete(Context.current() == null));
    assertThat(outside.get(10, TimeUnit.SECONDS)).isTrue();
    pool.shutdown();
  }

  @Configuration
  @EnableScheduling
  static class Scheduling {
    @Bean
    Digest digest() {
      return new Digest();
    }
  }

  static class Digest {
    final CountDownLatch ran = new CountDownLatch(1);

    @Scheduled(fixedDelay = 3_600_000)
    public void write() {
      ClientCall.begin("test", "POST", "https://api.openai.com/v1/chat/completions").end();
      ran.countDown();
    }
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
    public Future<Context> inPool() {
      return CompletableFuture.completedFuture(Context.current());
    }

    @Async("threads")
    public Future<Context> inThread() {
      return CompletableFuture.completedFuture(Context.current());
    }
  }
}
