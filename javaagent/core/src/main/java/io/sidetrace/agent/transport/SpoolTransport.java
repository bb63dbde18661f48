package io.sidetrace.agent.transport;

import io.sidetrace.agent.log.Log;
import io.sidetrace.event.Slice;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Hands events to a daemon on this machine through files. A segment is handed over before it would
 * pass 8 MiB, or one second after its first frame.
 */
public final class SpoolTransport implements Transport {
  private static final long SEGMENT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final SpoolWriter writer;

  public SpoolTransport(Path root, String instance, long maxBytes, Ledger ledger, Log log) {
    this.writer = new SpoolWriter(root, instance, maxBytes, SpoolSegment::handOver, ledger, log);
    writer.open();
  }

  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public void send(int lane, Slice frames, int events) {
    writer.write(frames, events);
  }

  @Override
  public void tick() {
    writer.endAfter(SEGMENT_NANOS);
  }

  @Override
  public void flush() {
    // Each bundle is written at once.
  }

  @Override
  public int pending() {
    return 0;
  }

  @Override
  public boolean settle(boolean late) {
    writer.endAfter(0);
    return true;
  }

  @Override
  public void publish(String ledger) {
    writer.publish(ledger);
  }

  @Override
  public void close() {
    writer.close();
  }
}
