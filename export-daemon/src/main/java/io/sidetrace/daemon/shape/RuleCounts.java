package io.sidetrace.daemon.shape;

import java.util.concurrent.atomic.LongAdder;

/** What rules count beside the ledger. Outlives a reload of the rules. */
public final class RuleCounts {
  private final LongAdder maskFailures = new LongAdder();

  void maskFailed() {
    maskFailures.increment();
  }

  /** Texts that left as {@link MaskRule#FAILED}. */
  public long maskFailures() {
    return maskFailures.sum();
  }
}
