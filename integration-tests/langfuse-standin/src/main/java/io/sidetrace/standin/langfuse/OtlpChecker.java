package io.sidetrace.standin.langfuse;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds what Langfuse would refuse, lose, misread or show wrongly in a request. */
public final class OtlpChecker {
  private static final Set<String> RESOURCE =
      Set.of("service.name", "service.version", "langfuse.environment", "langfuse.release");

  private OtlpChecker() {}

  /**
   * @return one line per problem; empty if all is well
   */
  public static List<String> check(ExportTraceServiceRequest request) {
    Problems problems = Problems.none();
    unknown(request.getUnknownFields().asMap().isEmpty(), problems);
    for (ResourceSpans resource : request.getResourceSpansList()) {
      resource(resource, problems.at("resource"));
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        problems.unless(
            !scope.getScope().getName().startsWith("langfuse-sdk"), "scope is not ours");
        scope.getSpansList().forEach(span -> span(span, problems));
      }
    }
    return problems.found();
  }

  private static void resource(ResourceSpans resource, Problems to) {
    Set<String> keys = new HashSet<>();
    for (KeyValue attribute : resource.getResource().getAttributesList()) {
      String key = attribute.getKey();
      to.unless(keys.add(key), key + " is there twice");
      to.unless(RESOURCE.contains(key), key + " is not read by Langfuse");
      to.unless(!attribute.getValue().getStringValue().isEmpty(), key + " is no text");
    }
    to.unless(keys.contains("service.name"), "has no service.name");
  }

  private static void span(Span span, Problems all) {
    Problems to = all.at("span " + Hex.of(span.getSpanId()) + " '" + span.getName() + "'");
    unknown(span.getUnknownFields().asMap().isEmpty(), to);
    id("trace id", span.getTraceId(), 16, to);
    id("span id", span.getSpanId(), 8, to);
    if (!span.getParentSpanId().isEmpty()) {
      id("parent span id", span.getParentSpanId(), 8, to);
    }
    to.unless(!span.getName().isEmpty(), "has no name");
    to.unless(span.getStartTimeUnixNano() > 0, "has no start time");
    to.unless(span.getEndTimeUnixNano() >= span.getStartTimeUnixNano(), "ends before it starts");
    to.unless(span.getEventsCount() == 0 && span.getLinksCount() == 0, "has events or links");
    Map<String, KeyValue> attributes = new HashMap<>();
    for (KeyValue attribute : span.getAttributesList()) {
      String key = attribute.getKey();
      to.unless(attributes.put(key, attribute) == null, key + " is there twice");
      AttributeRules.check(key, attribute.getValue(), to);
    }
    together(span, attributes, to);
  }

  private static void together(Span span, Map<String, KeyValue> attributes, Problems to) {
    String type = text(attributes, "langfuse.observation.type");
    to.unless(!type.isEmpty(), "has no observation type");
    boolean named = attributes.containsKey("langfuse.observation.prompt.name");
    boolean versioned = attributes.containsKey("langfuse.observation.prompt.version");
    to.unless(named == versioned, "has half a prompt");
    to.unless(!named || type.equals("generation"), "links a prompt to a " + type);
    boolean error = text(attributes, "langfuse.observation.level").equals("ERROR");
    to.unless(error == (span.getStatus().getCodeValue() == 2), "level and status disagree");
    boolean appRoot = attributes.containsKey("langfuse.internal.is_app_root");
    to.unless(!appRoot || !span.getParentSpanId().isEmpty(), "is a root and an app root");
    boolean root = span.getParentSpanId().isEmpty() || appRoot;
    to.unless(
        !root || attributes.containsKey("langfuse.trace.name"), "is a root without trace name");
  }

  private static String text(Map<String, KeyValue> attributes, String key) {
    KeyValue attribute = attributes.get(key);
    return attribute == null ? "" : attribute.getValue().getStringValue();
  }

  private static void id(String what, ByteString id, int length, Problems to) {
    boolean zero = true;
    for (byte b : id) {
      zero &= b == 0;
    }
    to.unless(id.size() == length && !zero, what + " is " + Hex.of(id));
  }

  private static void unknown(boolean none, Problems to) {
    to.unless(none, "holds fields that OTLP does not know");
  }
}
