package io.sidetrace.daemon.run;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What was read and is not settled, by count and bytes. Sources stop reading while it is full, so
 * that the backlog of a slow receiver stays on disk or in Redis. A source may go over by what it
 * reads at once.
 */
final class InFlight {
  private final int maxCount;
  private final long maxBytes;
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  InFlight(int maxCount, long maxBytes) {
    this.maxCount = maxCount;
    this.maxBytes = maxBytes;
  }

  boolean hasRoom() {
    return count.get() < maxCount && bytes.get() < maxBytes;
  }

  void enter(int size) {
    count.incrementAndGet();
    bytes.addAndGet(size);
  }

  void leave(int size) {
    bytes.addAndGet(-size);
    count.decrementAndGet();
  }

  int count() {
    return count.get();
  }

  long bytes() {
    return bytes.get();
  }
}
