package io.sidetrace.daemon.shape;

import io.sidetrace.event.Event;

/**
 * Keeps a share of the traces, whole ones: it looks at the trace id alone, as the samplers of
 * OpenTelemetry and Langfuse's SDKs do, so that all processes of a trace agree.
 */
public final class SampleRule implements EventRule {
  private final double rate;
  private final long bound;

  /**
   * @param rate from 0, nothing, to 1, everything
   */
  public SampleRule(double rate) {
    this.rate = rate;
    // The lower 64 bits as an unsigned number below rate * 2^64; compared after flipping the sign.
    double scaled = rate * 0x1p64;
    this.bound = (scaled >= 0x1p63 ? (long) (scaled - 0x1p63) : (long) scaled + Long.MIN_VALUE);
  }

  @Override
  public String name() {
    return "sample";
  }

  @Override
  public boolean keeps(Event event) {
    if (rate >= 1) {
      return true;
    }
    long low = Long.parseUnsignedLong(event.traceId(), 16, 32, 16);
    return low + Long.MIN_VALUE < bound;
  }
}
