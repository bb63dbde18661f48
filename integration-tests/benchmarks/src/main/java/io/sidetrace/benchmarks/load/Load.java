package io.sidetrace.benchmarks.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Sends one workload to a port of this machine, with a fixed number of connections. */
public final class Load {
  private static final long HIGHEST_MICROS = 60_000_000;

  private final int port;
  private final int connections;

  public Load(int port, int connections) {
    this.port = port;
    this.connections = connections;
  }

  /**
   * What a run of the load saw.
   *
   * @param requests answered with 200
   * @param failures answered with another status, or not at all
   * @param nanos from the first request to the last answer
   * @param micros the latencies
   */
  public record Result(long requests, long failures, long nanos, Histogram micros) {
    public double perSecond() {
      return requests * 1e9 / nanos;
    }

    /**
     * @throws IllegalStateException if a request failed, since then other work was measured
     */
    public Result whole() {
      if (failures > 0) {
        throw new IllegalStateException(failures + " of " + requests + " requests failed");
      }
      return this;
    }
  }

  /** As fast as the application answers: each connection sends when its last answer is there. */
  public Result closed(Workload workload, Duration duration) throws InterruptedException {
    return closed(workload, Long.MAX_VALUE, duration);
  }

  /** As {@link #closed}, but a number of requests. */
  public Result closed(Workload workload, long requests) throws InterruptedException {
    return closed(workload, requests, Duration.ofDays(1));
  }

  /** As {@link #closed}, until there are so many or the time is over. */
  public Result closed(Workload workload, long requests, Duration atMost)
      throws InterruptedException {
    AtomicLong left = new AtomicLong(requests);
    long start = System.nanoTime();
    long end = start + atMost.toNanos();
    return run(
        workload,
        start,
        () -> left.getAndDecrement() > 0 && System.nanoTime() < end ? System.nanoTime() : -1);
  }

  /**
   * At a fixed rate, whatever the answers do. A latency counts from the moment the request was due,
   * so that a stall is seen by every request it delayed: no coordinated omission.
   */
  public Result open(Workload workload, int perSecond, Duration duration)
      throws InterruptedException {
    long start = System.nanoTime();
    long interval = 1_000_000_000L / perSecond;
    long requests = duration.toNanos() / interval;
    AtomicLong next = new AtomicLong();
    return run(
        workload,
        start,
        () -> {
          long number = next.getAndIncrement();
          return number < requests ? start + number * interval : -1;
        });
  }

  /** Gives the time at which the next request is due; -1: no more. */
  private interface Schedule {
    long nextNanos();
  }

  private Result run(Workload workload, long start, Schedule schedule) throws InterruptedException {
    AtomicLong failures = new AtomicLong();
    List<Callable<Histogram>> senders = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      senders.add(() -> send(workload, schedule, failures));
    }
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    try {
      Histogram all = new Histogram(HIGHEST_MICROS, 3);
      for (Future<Histogram> part : threads.invokeAll(senders)) {
        all.add(part.get());
      }
      return new Result(all.getTotalCount(), failures.get(), System.nanoTime() - start, all);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a sender of load failed", e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private Histogram send(Workload workload, Schedule schedule, AtomicLong failures) {
    Histogram micros = new Histogram(HIGHEST_MICROS, 3);
    @Nullable HttpConnection connection = null;
    for (long due = schedule.nextNanos(); due >= 0; due = schedule.nextNanos()) {
      waitUntil(due);
      try {
        connection = connection == null ? new HttpConnection(port) : connection;
        if (connection.exchange(workload.request()) == 200) {
          micros.recordValue(Math.max(0, (System.nanoTime() - due) / 1000));
        } else {
          failures.incrementAndGet();
        }
        if (connection.isEnded()) {
          close(connection);
          connection = null;
        }
      } catch (IOException e) {
        failures.incrementAndGet();
        close(connection);
        connection = null;
      }
    }
    close(connection);
    return micros;
  }

  private static void waitUntil(long dueNanos) {
    for (long left = dueNanos - System.nanoTime();
        left > 0 && !Thread.currentThread().isInterrupted();
        left = dueNanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static void close(@Nullable HttpConnection connection) {
    if (connection != null) {
      try {
        connection.close();
      } catch (IOException e) {
        throw new IllegalStateException("closing a connection to the application failed", e);
      }
    }
  }
}
