package io.sidetrace.daemon.shape;

import io.sidetrace.event.Event;
import java.util.List;
import java.util.regex.Pattern;

/** Leaves out spans by name. A pattern is the whole name, {@code *} standing for anything. */
public final class NameFilter implements EventRule {
  private final List<Pattern> patterns;

  public NameFilter(List<String> patterns) {
    this.patterns = patterns.stream().map(NameFilter::compile).toList();
  }

  private static Pattern compile(String pattern) {
    StringBuilder regex = new StringBuilder();
    for (String literal : pattern.split("\\*", -1)) {
      regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(literal));
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  @Override
  public String name() {
    return "name";
  }

  @Override
  public boolean keeps(Event event) {
    return patterns.stream().noneMatch(pattern -> pattern.matcher(event.name()).matches());
  }
}
