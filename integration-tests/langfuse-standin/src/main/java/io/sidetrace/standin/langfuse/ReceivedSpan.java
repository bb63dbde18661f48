package io.sidetrace.standin.langfuse;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A span as it arrived.
 *
 * @param parentSpanId empty for a root
 * @param attributes String, Boolean, Long, Double or a list of these
 * @param receivedNanos {@link System#nanoTime} of the request that brought it
 */
public record ReceivedSpan(
    String traceId,
    String spanId,
    String parentSpanId,
    String name,
    long startNanos,
    long endNanos,
    int statusCode,
    String statusMessage,
    Map<String, Object> attributes,
    Map<String, Object> resource,
    long receivedNanos) {

  static ReceivedSpan of(Span span, List<KeyValue> resource, long receivedNanos) {
    return new ReceivedSpan(
        Hex.of(span.getTraceId()),
        Hex.of(span.getSpanId()),
        Hex.of(span.getParentSpanId()),
        span.getName(),
        span.getStartTimeUnixNano(),
        span.getEndTimeUnixNano(),
        span.getStatus().getCodeValue(),
        span.getStatus().getMessage(),
        values(span.getAttributesList()),
        values(resource),
        receivedNanos);
  }

  /** What Langfuse merges rows by: a repeat with the same key replaces, any other one adds. */
  public String mergeKey() {
    return traceId + "/" + spanId + "@" + startNanos / 1_000_000;
  }

  public @Nullable Object attribute(String key) {
    return attributes.get(key);
  }

  private static Map<String, Object> values(List<KeyValue> attributes) {
    Map<String, Object> values = new TreeMap<>();
    attributes.forEach(attribute -> values.put(attribute.getKey(), value(attribute.getValue())));
    return values;
  }

  private static Object value(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case BOOL_VALUE -> value.getBoolValue();
      case INT_VALUE -> value.getIntValue();
      case DOUBLE_VALUE -> value.getDoubleValue();
      case ARRAY_VALUE ->
          value.getArrayValue().getValuesList().stream().map(ReceivedSpan::value).toList();
      default -> value.toString();
    };
  }
}
