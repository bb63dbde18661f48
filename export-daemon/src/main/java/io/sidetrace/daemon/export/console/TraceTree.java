package io.sidetrace.daemon.export.console;

import io.sidetrace.daemon.shape.Observation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The spans of a trace under their parents, in the order in which they began. */
final class TraceTree {
  private final Map<String, List<Observation>> children = new LinkedHashMap<>();
  private final List<Observation> roots = new ArrayList<>();

  TraceTree(List<Observation> spans) {
    List<Observation> sorted = new ArrayList<>(spans);
    sorted.sort(Comparator.comparingLong(span -> span.identity().startMicros()));
    Set<String> known = new HashSet<>();
    sorted.forEach(span -> known.add(span.identity().spanId()));
    for (Observation span : sorted) {
      String parent = span.identity().parentSpanId();
      boolean inside = parent != null && known.contains(parent) && !isOwn(span, parent);
      if (inside) {
        children.computeIfAbsent(parent, p -> new ArrayList<>()).add(span);
      } else {
        roots.add(span);
      }
    }
  }

  private static boolean isOwn(Observation span, String parent) {
    return span.identity().spanId().equals(parent);
  }

  /** Spans whose parent is not here. */
  List<Observation> roots() {
    return roots;
  }

  List<Observation> children(Observation span) {
    return children.getOrDefault(span.identity().spanId(), List.of());
  }
}
