package io.sidetrace.daemon.shape;

import io.sidetrace.event.Event;

/** Leaves out events by what each tells itself. */
public record CriteriaFilter(Criteria when) implements EventRule {

  @Override
  public String name() {
    return "drop";
  }

  @Override
  public boolean keeps(Event event) {
    return !when.match(Subject.of(event), false);
  }
}
