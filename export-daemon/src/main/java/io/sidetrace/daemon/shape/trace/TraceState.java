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
  /** By instance; what stands for a request that a rule drops is {@link #DROPPED}. */
  private final Map<String, RequestFacts> requests = new HashMap<>(2);

  private static final RequestFacts DROPPED = new RequestFacts(null, null, 0, 0);

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
      RequestFacts facts = rules.drops(event) ? DROPPED : RequestFacts.of(event);
      requests.put(event.origin().instance(), facts);
    }
  }

  /** Decides on an event that was seen. */
  public Verdict verdict(Event event, TraceRules rules) {
    RequestFacts request = requests.get(event.origin().instance());
    if (kept) {
      return new Verdict.Pass(request == DROPPED ? null : request);
    }
    if (request == DROPPED) {
      return new Verdict.Drop("drop");
    }
    boolean enough =
        (request != null || !rules.asksForRequests())
            && (llmCall || !rules.needsLlmCall())
            && (notable || rules.isSampled(event));
    if (enough) {
      return new Verdict.Pass(request);
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
