package io.sidetrace.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sidetrace.standin.langfuse.ReceivedSpan;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A trace as text that is the same each time: ids become the tree's shape, times become whether
 * they are where they must be, and all else stands as it was sent.
 */
final class TreeText {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FIRST_TOKEN = "langfuse.observation.completion_start_time";

  private final Collection<ReceivedSpan> spans;
  private final StringBuilder text = new StringBuilder();

  private TreeText(Collection<ReceivedSpan> spans) {
    this.spans = spans;
  }

  static String of(String title, Collection<ReceivedSpan> spans) {
    TreeText tree = new TreeText(spans);
    tree.text.append("=== ").append(title).append('\n');
    tree.children("", 0L, "");
    return tree.text.toString();
  }

  private void children(String parentSpanId, long notBefore, String indent) {
    List<ReceivedSpan> children =
        spans.stream()
            .filter(span -> span.parentSpanId().equals(parentSpanId))
            .sorted(Comparator.comparingLong(ReceivedSpan::startNanos))
            .toList();
    for (ReceivedSpan child : children) {
      span(child, notBefore, indent);
      children(child.spanId(), child.startNanos(), indent + "    ");
    }
  }

  private void span(ReceivedSpan span, long notBefore, String indent) {
    boolean inOrder = notBefore <= span.startNanos() && span.startNanos() <= span.endNanos();
    text.append(indent).append(span.name()).append(inOrder ? "" : " BEFORE ITS PARENT");
    String status = " | status " + span.statusCode() + " " + span.statusMessage();
    text.append(steady(status.stripTrailing())).append('\n');
    Map<String, Object> all = new TreeMap<>(span.attributes());
    span.resource().forEach((key, value) -> all.put("resource " + key, value));
    all.forEach(
        (key, value) ->
            text.append(indent)
                .append("  ")
                .append(key)
                .append(" = ")
                .append(value(span, key, value))
                .append('\n'));
  }

  private static String value(ReceivedSpan span, String key, Object value) {
    String plain = value instanceof String s ? s : value.getClass().getSimpleName() + " " + value;
    if (key.equals(FIRST_TOKEN)) {
      Instant time = Instant.parse(plain);
      boolean within =
          !time.isBefore(Instant.EPOCH.plusNanos(span.startNanos() / 1000 * 1000))
              && !time.isAfter(Instant.EPOCH.plusNanos(span.endNanos()));
      return within ? "(within the span)" : "OUTSIDE " + plain;
    }
    if (key.endsWith("error.stack")) {
      return steady(plain.lines().findFirst().orElse("")) + " …";
    }
    if (key.endsWith("http.response.bytes") && output(span).contains("\"timestamp\"")) {
      return "(as long as its timestamp makes it)";
    }
    return steady(sameJson(plain));
  }

  private static String output(ReceivedSpan span) {
    return String.valueOf(span.attribute("langfuse.observation.output"));
  }

  /** Frameworks write the same JSON with other escapes. */
  private static String sameJson(String text) {
    if (!text.startsWith("{") && !text.startsWith("[")) {
      return text.replace("\n", "\\n");
    }
    try {
      return JSON.readTree(text).toString();
    } catch (JsonProcessingException e) {
      return "NO JSON " + text;
    }
  }

  /** What differs from run to run. */
  private static String steady(String text) {
    return text.replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:(port)")
        .replaceAll("demo-\\d+-\\d+", "demo-(pid)-(millis)")
        .replaceAll("\"timestamp\":\"[^\"]*\"", "\"timestamp\":\"(time)\"")
        .replaceAll("\"requestId\":\"[^\"]*\"", "\"requestId\":\"(WebFlux' own)\"");
  }
}
