package io.sidetrace.daemon.ops;

import java.util.ArrayDeque;

/** Events per second over the last minute, or since the start if that is less. Thread-safe. */
public final class Rates {
  private static final int KEPT = 61;

  private final ArrayDeque<Sample> samples = new ArrayDeque<>();

  private record Sample(long nanos, long received, long exported) {}

  /** To be called about once a second. */
  public synchronized void sample(long nanos, Ledger.Snapshot counts) {
    if (samples.size() == KEPT) {
      samples.removeFirst();
    }
    samples.addLast(new Sample(nanos, counts.received(), counts.exported()));
  }

  public synchronized double received() {
    return samples.size() < 2 ? 0 : (last().received() - first().received()) / seconds();
  }

  public synchronized double exported() {
    return samples.size() < 2 ? 0 : (last().exported() - first().exported()) / seconds();
  }

  private Sample first() {
    return samples.getFirst();
  }

  private Sample last() {
    return samples.getLast();
  }

  private double seconds() {
    return Math.max(1e-3, (last().nanos() - first().nanos()) / 1e9);
  }
}
