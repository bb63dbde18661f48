package io.sidetrace.daemon.shape;

import io.sidetrace.daemon.shape.trace.TraceRules;
import io.sidetrace.event.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules, in the order in which they apply: filter, those that ask for the trace; then content
 * by route, media, mask, cut.
 */
public record Rules(List<EventRule> refusing, TraceRules traces, List<ObservationRule> changing) {

  /** Rules that ask for nothing but the event at hand. */
  public Rules(List<EventRule> refusing, List<ObservationRule> changing) {
    this(refusing, TraceRules.NONE, changing);
  }

  /** The first rule that does not keep the event; null if all do. */
  public @Nullable EventRule refusal(Event event) {
    for (EventRule rule : refusing) {
      if (!rule.keeps(event)) {
        return rule;
      }
    }
    return null;
  }

  public Observation change(Observation observation, Subject subject) {
    Observation changed = observation;
    for (ObservationRule rule : changing) {
      changed = rule.apply(changed, subject);
    }
    return changed;
  }
}
