package io.sidetrace.daemon.shape;

import io.sidetrace.event.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules, in the order in which they apply: filter, sample; then mask, cut. Moving media out of
 * texts and choosing a project follow here.
 */
public record Rules(List<EventRule> refusing, List<ObservationRule> changing) {

  /** The first rule that does not keep the event; null if all do. */
  public @Nullable EventRule refusal(Event event) {
    for (EventRule rule : refusing) {
      if (!rule.keeps(event)) {
        return rule;
      }
    }
    return null;
  }

  public Observation change(Observation observation) {
    Observation changed = observation;
    for (ObservationRule rule : changing) {
      changed = rule.apply(changed);
    }
    return changed;
  }
}
