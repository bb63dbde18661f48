package io.sidetrace.agent.transport;

import io.netty.util.Timeout;
import io.netty.util.Timer;
import io.netty.util.TimerTask;
import io.netty.util.concurrent.EventExecutor;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Netty's timer on a thread that is there already. Its own would wake up ten times a second. */
final class EventLoopTimer implements Timer {
  private final EventExecutor loop;

  EventLoopTimer(EventExecutor loop) {
    this.loop = loop;
  }

  @Override
  public Timeout newTimeout(TimerTask task, long delay, TimeUnit unit) {
    Scheduled timeout = new Scheduled(this, task);
    timeout.future = loop.schedule(timeout, delay, unit);
    return timeout;
  }

  @Override
  public Set<Timeout> stop() {
    return Set.of();
  }

  private static final class Scheduled implements Timeout, Runnable {
    private final Timer timer;
    private final TimerTask task;
    private volatile java.util.concurrent.@Nullable Future<?> future;

    private Scheduled(Timer timer, TimerTask task) {
      this.timer = timer;
      this.task = task;
    }

    @Override
    public void run() {
      try {
        task.run(this);
      } catch (Exception e) {
        throw new IllegalStateException("timer task failed", e);
      }
    }

    @Override
    public Timer timer() {
      return timer;
    }

    @Override
    public TimerTask task() {
      return task;
    }

    @Override
    public boolean isExpired() {
      return Objects.requireNonNull(future).isDone() && !isCancelled();
    }

    @Override
    public boolean isCancelled() {
      return Objects.requireNonNull(future).isCancelled();
    }

    @Override
    public boolean cancel() {
      return Objects.requireNonNull(future).cancel(false);
    }
  }
}
