package io.sidetrace.daemon.shape.trace;

import io.sidetrace.daemon.shape.Criteria;
import io.sidetrace.daemon.shape.RequestFacts;
import io.sidetrace.daemon.shape.SampleRule;
import io.sidetrace.daemon.shape.Subject;
import io.sidetrace.event.Event;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rules that ask for more than the event at hand.
 *
 * @param needsLlmCall traces without a call to an LLM are dropped
 * @param drop requests that are dropped with everything beneath them
 * @param sample what is not in it is kept only if it is notable; null: all is in it
 * @param keepsErrors errors are notable
 * @param keepsFromNanos spans that took so long are notable; 0: none is
 * @param asking criteria of later rules that ask which request an event belongs to
 */
public record TraceRules(
    boolean needsLlmCall,
    List<Criteria> drop,
    @Nullable SampleRule sample,
    boolean keepsErrors,
    long keepsFromNanos,
    List<Criteria> asking) {
  public static final TraceRules NONE = new TraceRules(false, List.of(), null, false, 0, List.of());

  private static final Set<String> LLM_TYPES = Set.of("generation", "embedding");

  /** False if no event is ever waited for. */
  public boolean isActive() {
    return needsLlmCall || !drop.isEmpty() || sample != null || !asking.isEmpty();
  }

  /** False if the event may pass whatever its trace is. */
  public boolean concerns(Event event) {
    return needsLlmCall || !isSampled(event) || asksForRequest(event);
  }

  boolean isSampled(Event event) {
    return sample == null || sample.keeps(event);
  }

  /** True if a rule may apply to the event, depending on its request. */
  boolean asksForRequest(Event event) {
    if (drop.isEmpty() && asking.isEmpty()) {
      return false;
    }
    Subject alone = new Subject(event, null);
    return drop.stream().anyMatch(criteria -> criteria.match(alone, true))
        || asking.stream().anyMatch(criteria -> criteria.match(alone, true));
  }

  boolean drops(Event request) {
    Subject subject = new Subject(request, RequestFacts.of(request));
    return drop.stream().anyMatch(criteria -> criteria.match(subject, false));
  }

  /** Agents capture an exchange only where an LLM is called. */
  static boolean isLlmCall(Event event) {
    String type = event.type();
    return type == null
        ? event.kind() == Event.Kind.EXCHANGE || event.model() != null
        : LLM_TYPES.contains(type);
  }

  boolean isNotable(Event event) {
    return (keepsErrors && isError(event))
        || (keepsFromNanos > 0 && event.durationNanos() >= keepsFromNanos);
  }

  private static boolean isError(Event event) {
    Event.Http http = event.http();
    int from = event.kind() == Event.Kind.EXCHANGE ? 400 : 500;
    return event.error() != null
        || event.level() == Event.Level.ERROR
        || (http != null && http.status() >= from);
  }
}
