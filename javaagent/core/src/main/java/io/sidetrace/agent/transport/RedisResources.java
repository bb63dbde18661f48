package io.sidetrace.agent.transport;

import io.lettuce.core.event.DefaultEventPublisherOptions;
import io.lettuce.core.event.Event;
import io.lettuce.core.event.EventBus;
import io.lettuce.core.event.EventPublisherOptions;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.DnsResolvers;
import io.lettuce.core.resource.EventLoopGroupProvider;
import io.lettuce.core.resource.NettyCustomizer;
import io.lettuce.core.resource.SocketAddressResolver;
import io.lettuce.core.tracing.Tracing;
import io.netty.channel.EventLoopGroup;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.DefaultAddressResolverGroup;
import io.netty.util.Timer;
import io.netty.util.concurrent.EventExecutorGroup;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Flux;

/**
 * What Lettuce runs on: one thread for sockets, timers and callbacks alike, the JDK's name lookup,
 * no metrics, no events. Lettuce's own {@code DefaultClientResources} start six threads and load
 * 320 classes more.
 */
final class RedisResources implements ClientResources, EventLoopGroupProvider, EventBus {
  private final EventLoopGroup loop;
  private final Timer timer;

  /**
   * @param loop of one thread; ended by who made it
   */
  RedisResources(EventLoopGroup loop) {
    this.loop = loop;
    this.timer = new EventLoopTimer(loop.next());
  }

  @Override
  @SuppressWarnings("unchecked") // Lettuce asks for NIO, since no native transport is packed.
  public <T extends EventLoopGroup> T allocate(Class<T> type) {
    return (T) loop;
  }

  @Override
  public Future<Boolean> release(
      EventExecutorGroup group, long quietPeriod, long timeout, TimeUnit unit) {
    return loop.next().newSucceededFuture(true);
  }

  @Override
  public Future<Boolean> shutdown() {
    return loop.next().newSucceededFuture(true);
  }

  @Override
  public Future<Boolean> shutdown(long quietPeriod, long timeout, TimeUnit unit) {
    return shutdown();
  }

  @Override
  public EventLoopGroupProvider eventLoopGroupProvider() {
    return this;
  }

  @Override
  public EventExecutorGroup eventExecutorGroup() {
    return loop;
  }

  @Override
  public int threadPoolSize() {
    return 1;
  }

  @Override
  public int ioThreadPoolSize() {
    return 1;
  }

  @Override
  public int computationThreadPoolSize() {
    return 1;
  }

  @Override
  public Timer timer() {
    return timer;
  }

  @Override
  public EventBus eventBus() {
    return this;
  }

  @Override
  public Flux<Event> get() {
    return Flux.never();
  }

  @Override
  public void publish(Event event) {
    // Nobody listens.
  }

  @Override
  public AddressResolverGroup<?> addressResolverGroup() {
    return DefaultAddressResolverGroup.INSTANCE;
  }

  @Override
  public SocketAddressResolver socketAddressResolver() {
    return SocketAddressResolver.create(DnsResolvers.UNRESOLVED);
  }

  @Override
  public CommandLatencyRecorder commandLatencyRecorder() {
    return CommandLatencyRecorder.disabled();
  }

  @Override
  public EventPublisherOptions commandLatencyPublisherOptions() {
    return DefaultEventPublisherOptions.disabled();
  }

  @Override
  public NettyCustomizer nettyCustomizer() {
    return new NettyCustomizer() {};
  }

  /** Not used: we connect again ourselves. */
  @Override
  public Delay reconnectDelay() {
    return Delay.constant(Duration.ofSeconds(1));
  }

  @Override
  public Tracing tracing() {
    return Tracing.disabled();
  }

  @Override
  public Builder mutate() {
    throw new UnsupportedOperationException("these resources are as they are");
  }
}
