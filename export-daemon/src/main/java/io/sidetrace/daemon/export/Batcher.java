package io.sidetrace.daemon.export;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Gathers items into batches: one is ready when it has enough items or bytes, or when its first
 * item has waited long enough. How much may wait here is bounded by what is in flight as a whole.
 */
final class Batcher<T> {
  private final int maxCount;
  private final int maxBytes;
  private final long lingerNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ready = lock.newCondition();
  private final ArrayDeque<Item<T>> waiting = new ArrayDeque<>();
  private long bytes;
  private long firstNanos;
  private boolean flushing;

  Batcher(int maxCount, int maxBytes, Duration linger) {
    this.maxCount = maxCount;
    this.maxBytes = maxBytes;
    this.lingerNanos = linger.toNanos();
  }

  void add(Item<T> item) {
    lock.lock();
    try {
      boolean wasEmpty = waiting.isEmpty();
      boolean wasFull = isFull();
      if (wasEmpty) {
        firstNanos = System.nanoTime();
      }
      waiting.add(item);
      bytes += item.bytes();
      // Waking a thread is dear: only the first item starts a wait, only the last ends it.
      if (wasEmpty || (!wasFull && isFull())) {
        ready.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until a batch is ready and takes it. */
  List<Item<T>> take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        if (waiting.isEmpty()) {
          ready.await();
          continue;
        }
        long left = firstNanos + lingerNanos - System.nanoTime();
        if (left <= 0 || isFull() || flushing) {
          return cut();
        }
        ready.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** From now on nothing waits for company. */
  void flush() {
    lock.lock();
    try {
      flushing = true;
      ready.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean isFull() {
    return waiting.size() >= maxCount || bytes >= maxBytes;
  }

  private List<Item<T>> cut() {
    List<Item<T>> batch = new ArrayList<>(Math.min(waiting.size(), maxCount));
    long taken = 0;
    while (!waiting.isEmpty() && batch.size() < maxCount) {
      Item<T> next = waiting.getFirst();
      if (!batch.isEmpty() && taken + next.bytes() > maxBytes) {
        break;
      }
      batch.add(waiting.removeFirst());
      taken += next.bytes();
    }
    bytes -= taken;
    if (!waiting.isEmpty()) {
      firstNanos = System.nanoTime();
      ready.signal(); // another sender may take the rest meanwhile
    }
    return batch;
  }
}
