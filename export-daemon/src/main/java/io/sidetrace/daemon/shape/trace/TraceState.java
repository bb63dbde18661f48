package io.sidetrace.daemon.shape.trace;

import io.sidetrace.daemon.shape.RequestFacts;
import io.sidetrace.event.Event;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has been seen of a trace, and what was decided on it: what comes late follows that, so that
 * traces stay whole. Not thread-safe.
 */
public final class TraceState {
  /** By instance, with whether a rule drops it. */
  private final Map<String, Request> requests = new HashMap<>(2);

  private record Request(RequestFacts facts, boolean dropped) {}

  private boolean llmCall;
  private boolean notable;
  private boolean root;
  private boolean kept;
  private @Nullable String droppedBy;

  /** Takes note of the event. */
  public void see(Event event, TraceRules rules) {
    llmCall |= TraceRules.isLlmCall(event);
    notable |= rules.isNotable(event);
    if (RequestFacts.isRequest(event)) {
      root |= event.parentSpanId() == null;
      Request request = new Request(RequestFacts.of(event), rules.drops(event));
      requests.put(event.origin().instance(), request);
    }
  }

  /** Decides on an event that was seen. */
  public Verdict verdict(Event event, TraceRules rules) {
    Request request = requests.get(event.origin().instance());
    RequestFacts facts = request == null ? null : request.facts();
    if (kept) {
      return new Verdict.Pass(facts);
    }
    if (request != null && request.dropped()) {
      return new Verdict.Drop("drop");
    }
    boolean enough =
        (request != null || !rules.asksForRequest(event))
            && (llmCall || !rules.needsLlmCall())
            && (notable || rules.isSampled(event));
    if (enough) {
      return new Verdict.Pass(facts);
    }
    return droppedBy == null ? new Verdict.Wait() : new Verdict.Drop(droppedBy);
  }

  /** True if the trace's very first span is there: hardly anything is still to come. */
  public boolean isComplete() {
    return root;
  }

  /**
   * No more is waited for.
   *
   * @param known false if not all of the trace may have been seen: it is kept
   */
  public void decide(TraceRules rules, Event any, boolean known) {
    if (!known || requests.isEmpty()) {
      kept = true;
    } else if (rules.needsLlmCall() && !llmCall) {
      droppedBy = "without-llm-call";
    } else if (!rules.isSampled(any) && !notable) {
      droppedBy = "sample";
    } else {
      kept = true;
    }
  }
}
