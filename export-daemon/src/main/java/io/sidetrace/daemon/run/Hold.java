package io.sidetrace.daemon.run;

import io.sidetrace.daemon.shape.RequestFacts;
import io.sidetrace.daemon.shape.trace.Continuity;
import io.sidetrace.daemon.shape.trace.TraceRules;
import io.sidetrace.daemon.shape.trace.TraceState;
import io.sidetrace.daemon.shape.trace.Verdict;
import io.sidetrace.daemon.source.Delivery;
import io.sidetrace.event.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds events until their traces are known well enough to decide on them, within a time and a
 * number of bytes; past these a trace is kept. What is held is not settled: after a crash its
 * source delivers it again. Thread-safe.
 */
final class Hold {
  /** Of an event beside its frame, roughly: the parsed event and the books. */
  private static final int OVERHEAD = 1024;

  /** Traces whose fate is remembered for what comes late. */
  private static final int MAX_TRACES = 16_384;

  private final long maxBytes;
  private final long waitNanos;
  private final long graceNanos;
  private final Continuity continuity = new Continuity();
  private final Map<String, Trace> traces = new LinkedHashMap<>();
  private final Set<Trace> waiting = new LinkedHashSet<>();
  private long bytes;
  private long spilled;

  /** An event that waits. */
  record Held(Event event, Delivery delivery, Journey journey) {
    int bytes() {
      return journey.bytes() + OVERHEAD;
    }
  }

  /** An event that waits no longer. */
  record Released(Held held, Verdict verdict) {}

  private static final class Trace {
    final TraceState state = new TraceState();
    List<Held> held = new ArrayList<>(2);
    long dueNanos;
    boolean complete;
  }

  /**
   * @param wait how long the end of a trace is waited for
   */
  Hold(Duration wait, long maxBytes) {
    this.maxBytes = maxBytes;
    this.waitNanos = wait.toNanos();
    // Other processes hand their part over within a second.
    this.graceNanos = Math.min(waitNanos / 4, Duration.ofSeconds(1).toNanos());
  }

  /**
   * Takes an event in, and lets go what it decides.
   *
   * @return the event itself, if it need not wait, and others of its trace; not settled yet
   */
  synchronized List<Released> take(Held arriving, TraceRules rules) {
    Event event = arriving.event();
    Trace trace = traces.computeIfAbsent(event.traceId(), id -> opened());
    trace.state.see(event, rules);
    trace.held.add(arriving);
    bytes += arriving.bytes();
    if (trace.state.isComplete() && !trace.complete) {
      trace.complete = true;
      trace.dueNanos = Math.min(trace.dueNanos, System.nanoTime() + graceNanos);
    }
    List<Released> released = new ArrayList<>();
    release(trace, rules, released);
    spill(rules, released);
    return released;
  }

  /** Takes note of an event of which the trace may be asked for later. */
  synchronized void see(Event event) {
    continuity.see(event);
  }

  private Trace opened() {
    Trace trace = new Trace();
    trace.dueNanos = System.nanoTime() + waitNanos;
    return trace;
  }

  /** Over the bounds the oldest traces are kept. */
  private void spill(TraceRules rules, List<Released> released) {
    while (bytes > maxBytes) {
      spilled++;
      decide(waiting.iterator().next(), rules, false, released);
    }
    if (traces.size() > MAX_TRACES) {
      Iterator<Trace> oldest = traces.values().iterator();
      Trace forgotten = oldest.next();
      oldest.remove();
      if (!forgotten.held.isEmpty()) {
        spilled++;
        decide(forgotten, rules, false, released);
      }
    }
  }

  /** Decides on what has waited long enough. */
  synchronized List<Released> expired(TraceRules rules) {
    List<Released> released = new ArrayList<>();
    long now = System.nanoTime();
    for (Trace trace : List.copyOf(waiting)) {
      if (now - trace.dueNanos >= 0) {
        decide(trace, rules, isWhole(trace), released);
      }
    }
    return released;
  }

  /** Keeps all that waits: there will be no more to decide by. */
  synchronized List<Released> all(TraceRules rules) {
    List<Released> released = new ArrayList<>();
    for (Trace trace : List.copyOf(waiting)) {
      decide(trace, rules, false, released);
    }
    return released;
  }

  private void decide(Trace trace, TraceRules rules, boolean known, List<Released> released) {
    trace.state.decide(rules, trace.held.get(0).event(), known);
    release(trace, rules, released);
  }

  private boolean isWhole(Trace trace) {
    return trace.held.stream()
        .map(Held::event)
        .filter(RequestFacts::isRequest)
        .allMatch(continuity::isWhole);
  }

  private void release(Trace trace, TraceRules rules, List<Released> to) {
    List<Held> left = new ArrayList<>(0);
    for (Held held : trace.held) {
      Verdict verdict = trace.state.verdict(held.event(), rules);
      if (verdict instanceof Verdict.Wait) {
        left.add(held);
      } else {
        bytes -= held.bytes();
        to.add(new Released(held, verdict));
      }
    }
    trace.held = left;
    if (left.isEmpty()) {
      waiting.remove(trace);
    } else {
      waiting.add(trace);
      notifyAll();
    }
  }

  /** Waits until something is held. */
  synchronized void await() throws InterruptedException {
    while (waiting.isEmpty()) {
      wait();
    }
  }

  synchronized long bytes() {
    return bytes;
  }

  /** Traces that were kept because there was no room to wait for them. */
  synchronized long spilled() {
    return spilled;
  }
}
