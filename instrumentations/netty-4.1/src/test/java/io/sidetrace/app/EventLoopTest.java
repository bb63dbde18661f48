package io.sidetrace.app;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.EventExecutorGroup;
import io.sidetrace.instrumentation.testing.HopContract;
import io.sidetrace.instrumentation.testing.coverage.Library;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;

class EventLoopTest extends HopContract {

  private final EventLoopGroup loops = new NioEventLoopGroup(2);
  private final EventExecutorGroup executors = new DefaultEventExecutorGroup(2);

  @AfterAll
  void stop() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    executors.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @Override
  public Library library() {
    return Library.of("Netty event loops", EventLoopGroup.class);
  }

  @Override
  protected List<Hop> hops() {
    return List.of(
        new Hop("EventLoop.execute", work -> execute(loops, work)),
        new Hop("EventLoop.submit", work -> loops.submit(work).get(10, TimeUnit.SECONDS)),
        new Hop("EventExecutor.execute", work -> execute(executors, work)),
        new Hop("EventExecutor.submit", work -> executors.submit(work).get(10, TimeUnit.SECONDS)));
  }

  private static Object execute(EventExecutorGroup group, Callable<Object> work) throws Exception {
    var seen = new CompletableFuture<Object>();
    group.execute(
        () -> {
          try {
            seen.complete(work.call());
          } catch (Exception e) {
            seen.completeExceptionally(e);
          }
        });
    return seen.get(10, TimeUnit.SECONDS);
  }
}
