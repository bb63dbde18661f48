package io.sidetrace.app;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.EventExecutorGroup;
import io.sidetrace.instrumentation.testing.HopContract;
import io.sidetrace.instrumentation.testing.Work;
import io.sidetrace.instrumentation.testing.coverage.Library;
import java.util.List;
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
        new Hop("EventLoop.execute", work -> Work.lambda(loops::execute, work)),
        new Hop("EventLoop.submit", work -> loops.submit(work).get(10, TimeUnit.SECONDS)),
        new Hop("EventExecutor.execute", work -> Work.lambda(executors::execute, work)),
        new Hop("EventExecutor.submit", work -> executors.submit(work).get(10, TimeUnit.SECONDS)));
  }
}
