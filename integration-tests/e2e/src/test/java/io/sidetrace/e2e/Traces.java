package io.sidetrace.e2e;

import io.sidetrace.harness.Answer;
import io.sidetrace.harness.Ask;
import io.sidetrace.standin.langfuse.ReceivedSpan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Langfuse has, by trace. A repeat of a span counts once: the first. */
final class Traces {
  private final Map<String, Map<String, ReceivedSpan>> byTrace = new HashMap<>();
  private final Map<String, ReceivedSpan> rootByRequest = new HashMap<>();
  private final List<String> broken = new ArrayList<>();
  private int repeats;

  Traces(List<ReceivedSpan> spans) {
    spans.forEach(this::add);
  }

  private void add(ReceivedSpan span) {
    ReceivedSpan before =
        byTrace
            .computeIfAbsent(span.traceId(), id -> new LinkedHashMap<>())
            .putIfAbsent(span.spanId(), span);
    if (before != null) {
      repeats++;
      if (!before.mergeKey().equals(span.mergeKey())) {
        broken.add("a repeat would not replace: " + before + " and " + span);
      }
    } else if (span.parentSpanId().isEmpty()) {
      ReceivedSpan other = rootByRequest.put(requestId(span), span);
      if (other != null) {
        broken.add("two traces of request " + requestId(span));
      }
    }
  }

  /** Repeats that would add rows, requests with two traces. */
  List<String> broken() {
    return broken;
  }

  int repeats() {
    return repeats;
  }

  boolean hasSpan(String traceId, String spanId) {
    return byTrace.getOrDefault(traceId, Map.of()).containsKey(spanId);
  }

  /** The spans of a request's trace, none if it has not come. */
  Collection<ReceivedSpan> of(String requestId) {
    ReceivedSpan root = rootByRequest.get(requestId);
    return root == null ? List.of() : byTrace.get(root.traceId()).values();
  }

  /** One line for each answer whose trace is not whole. */
  List<String> missing(List<Answer> answers) {
    List<String> missing = new ArrayList<>();
    for (Answer answer : answers) {
      String problem = problem(answer);
      if (problem != null) {
        missing.add(answer.requestId() + " " + answer.ask().kind() + ": " + problem);
      }
    }
    return missing;
  }

  /** Null if there are three spans, each the parent of the next, named as the demo's are. */
  private @Nullable String problem(Answer answer) {
    ReceivedSpan root = rootByRequest.get(answer.requestId());
    if (root == null) {
      return "no root";
    }
    Ask.Kind kind = answer.ask().kind();
    Collection<ReceivedSpan> spans = byTrace.get(root.traceId()).values();
    ReceivedSpan controller = child(root, spans);
    ReceivedSpan generation = controller == null ? null : child(controller, spans);
    boolean whole =
        spans.size() == 3
            && generation != null
            && root.name().equals("POST " + kind.path)
            && controller.name().equals(kind.controller)
            && generation.name().equals("chat.completions qwen-emotion");
    return whole ? null : "no chain of three: " + spans.stream().map(Traces::brief).toList();
  }

  private static @Nullable ReceivedSpan child(ReceivedSpan parent, Collection<ReceivedSpan> spans) {
    return spans.stream()
        .filter(span -> parent.spanId().equals(span.parentSpanId()))
        .findFirst()
        .orElse(null);
  }

  private static String brief(ReceivedSpan span) {
    return span.parentSpanId() + " > " + span.spanId() + " " + span.name();
  }

  private static String requestId(ReceivedSpan root) {
    Object id = root.attribute("langfuse.observation.metadata.requestId");
    return id == null ? root.spanId() : id.toString();
  }
}
