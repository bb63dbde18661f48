package io.sidetrace.daemon.shape;

import io.sidetrace.event.Event;
import io.sidetrace.event.Glob;
import java.util.List;

/** Leaves out spans by name. A pattern is the whole name, {@code *} standing for anything. */
public final class NameFilter implements EventRule {
  private final List<Glob> patterns;

  public NameFilter(List<String> patterns) {
    this.patterns = patterns.stream().map(Glob::new).toList();
  }

  @Override
  public String name() {
    return "name";
  }

  @Override
  public boolean keeps(Event event) {
    return patterns.stream().noneMatch(pattern -> pattern.matches(event.name()));
  }
}
