package io.sidetrace.agent.pipeline;

import io.sidetrace.agent.api.Finished;
import io.sidetrace.agent.api.Tracer;
import io.sidetrace.agent.log.Log;
import io.sidetrace.agent.transport.Ledger;
import io.sidetrace.agent.transport.Ledger.Cause;
import io.sidetrace.agent.transport.Transport;
import io.sidetrace.event.Frame;
import java.util.function.UnaryOperator;

/**
 * Takes events from the queue, puts them together, filters, numbers and encodes them, and hands
 * them to the transport. One thread.
 */
final class Drainer {
  /** After so many events the transport gets its turn, even if the queue never empties. */
  private static final int ROUND = 4096;

  private final EventQueue queue;
  private final UnaryOperator<Frame> filter;
  private final Transport transport;
  private final Ledger ledger;
  private final Log log;
  private final Bundle[] bundles;
  private long sequence;

  Drainer(
      EventQueue queue, UnaryOperator<Frame> filter, Transport transport, Ledger ledger, Log log) {
    this.queue = queue;
    this.filter = filter;
    this.transport = transport;
    this.ledger = ledger;
    this.log = log;
    this.bundles = new Bundle[transport.lanes()];
    for (int lane = 0; lane < bundles.length; lane++) {
      bundles[lane] = new Bundle(transport, lane);
    }
  }

  /** Moves what is in the queue to the transport. */
  void drain() {
    Tracer.endAbandoned(); // no other thread of ours has a moment for it
    transport.tick();
    int taken = 0;
    Finished event = queue.poll();
    while (event != null) {
      encode(event);
      event = ++taken < ROUND ? queue.poll() : null;
    }
    for (Bundle bundle : bundles) {
      bundle.send();
    }
    transport.flush();
  }

  /** The counts at this moment; between drains nothing is under way here. */
  Ledger.Snapshot counts() {
    long accepted = queue.accepted();
    return ledger.snapshot(accepted, accepted - queue.taken() + transport.pending());
  }

  /** After an error that nobody foresaw: what it swallowed is counted too. */
  void reconcile() {
    long missing = counts().missing();
    if (missing > 0) {
      ledger.dropped(Cause.AGENT_ERROR, missing);
    }
  }

  /** Counts what is still in the queue as dropped. */
  void dropRest() {
    while (queue.poll() != null) {
      ledger.dropped(Cause.STOPPED, 1);
    }
  }

  private void encode(Finished event) {
    try {
      Frame frame = event.frame();
      bundles[lane(frame)].add(filter.apply(frame), sequence);
      sequence++;
    } catch (RuntimeException e) {
      ledger.dropped(Cause.AGENT_ERROR, 1);
      log.warn("encoding", "an event could not be encoded and is dropped; please report this", e);
    }
  }

  /** The events of a trace stay together. */
  private int lane(Frame frame) {
    return bundles.length == 1
        ? 0
        : Math.floorMod(frame.event().traceId().hashCode(), bundles.length);
  }
}
