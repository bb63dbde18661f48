package io.sidetrace.standin.langfuse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.AnyValue.ValueCase;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What each attribute that Langfuse reads may hold. */
final class AttributeRules {
  static final String METADATA = "langfuse.observation.metadata.";
  static final String TRACE_METADATA = "langfuse.trace.metadata.";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern ENVIRONMENT = Pattern.compile("(?!langfuse)[a-z0-9_-]{1,40}");
  private static final Set<String> TYPES =
      Set.of(
          "span",
          "generation",
          "event",
          "embedding",
          "agent",
          "tool",
          "chain",
          "retriever",
          "evaluator",
          "guardrail");
  private static final Set<String> LEVELS = Set.of("DEBUG", "DEFAULT", "WARNING", "ERROR");

  /** One name per bucket, else its tokens would be charged twice. */
  private static final Set<String> OTHER_NAMES =
      Set.of("prompt_tokens", "completion_tokens", "input_tokens", "output_tokens", "total_tokens");

  private static final Map<String, BiConsumer<String, Problems>> TEXTS =
      Map.ofEntries(
          Map.entry("langfuse.trace.name", AttributeRules::anyText),
          Map.entry("langfuse.user.id", AttributeRules::identity),
          Map.entry("langfuse.session.id", AttributeRules::identity),
          Map.entry("langfuse.release", AttributeRules::anyText),
          Map.entry("langfuse.version", AttributeRules::anyText),
          Map.entry(
              "langfuse.environment",
              (text, to) -> to.unless(ENVIRONMENT.matcher(text).matches(), text)),
          Map.entry(
              "langfuse.observation.type", (text, to) -> to.unless(TYPES.contains(text), text)),
          Map.entry(
              "langfuse.observation.level", (text, to) -> to.unless(LEVELS.contains(text), text)),
          Map.entry("langfuse.observation.status_message", AttributeRules::anyText),
          Map.entry("langfuse.observation.input", AttributeRules::anyText),
          Map.entry("langfuse.observation.output", AttributeRules::anyText),
          Map.entry("langfuse.observation.model.name", AttributeRules::anyText),
          Map.entry("langfuse.observation.model.parameters", AttributeRules::object),
          Map.entry("langfuse.observation.usage_details", AttributeRules::usage),
          Map.entry("langfuse.observation.cost_details", AttributeRules::cost),
          Map.entry("langfuse.observation.completion_start_time", AttributeRules::time),
          Map.entry("langfuse.observation.prompt.name", AttributeRules::anyText));

  private AttributeRules() {}

  static void check(String key, AnyValue value, Problems to) {
    Problems here = to.at(key);
    BiConsumer<String, Problems> text = textRule(key);
    if (text != null) {
      here.unless(value.getValueCase() == ValueCase.STRING_VALUE, "is no string");
      here.unless(!value.getStringValue().isEmpty(), "is empty");
      here.unless(value.getStringValueBytes().size() < 1_000_000, "is 1 MB or more");
      text.accept(value.getStringValue(), here);
      return;
    }
    switch (key) {
      case "langfuse.internal.is_app_root" ->
          here.unless(value.getValueCase() == ValueCase.BOOL_VALUE, "is no boolean");
      case "langfuse.observation.prompt.version" ->
          here.unless(value.getValueCase() == ValueCase.INT_VALUE, "is no integer");
      case "langfuse.trace.tags" -> tags(value, here);
      default -> here.add("is not read by Langfuse");
    }
  }

  private static @Nullable BiConsumer<String, Problems> textRule(String key) {
    boolean metadata = key.startsWith(METADATA) || key.startsWith(TRACE_METADATA);
    return metadata ? AttributeRules::anyText : TEXTS.get(key);
  }

  private static void tags(AnyValue value, Problems to) {
    to.unless(value.getValueCase() == ValueCase.ARRAY_VALUE, "is no array");
    to.unless(value.getArrayValue().getValuesCount() > 0, "is empty: leave it out");
    for (AnyValue tag : value.getArrayValue().getValuesList()) {
      to.unless(tag.getValueCase() == ValueCase.STRING_VALUE, "holds a tag that is no string");
    }
  }

  private static void anyText(String text, Problems to) {
    to.unless(text.indexOf('\u0000') < 0, "holds a NUL, which the database refuses");
  }

  private static void identity(String text, Problems to) {
    to.unless(text.length() <= 200, "is longer than 200 characters");
  }

  private static void time(String text, Problems to) {
    try {
      Instant.parse(text);
    } catch (DateTimeParseException e) {
      to.add("is " + text + ", no ISO-8601 time in UTC");
    }
  }

  private static void usage(String text, Problems to) {
    JsonNode usage = object(text, to);
    usage
        .properties()
        .forEach(
            bucket -> {
              JsonNode tokens = bucket.getValue();
              to.unless(tokens.isIntegralNumber() && tokens.asLong() >= 0, text);
              to.unless(!OTHER_NAMES.contains(bucket.getKey()), "second name " + bucket.getKey());
            });
  }

  private static void cost(String text, Problems to) {
    JsonNode cost = object(text, to);
    cost.properties().forEach(bucket -> to.unless(bucket.getValue().isNumber(), text));
  }

  private static JsonNode object(String text, Problems to) {
    try {
      JsonNode node = JSON.readTree(text);
      to.unless(node.isObject() && !node.isEmpty(), "is no JSON object with a field: " + text);
      return node;
    } catch (JsonProcessingException e) {
      to.add("is no JSON: " + text);
      return JSON.createObjectNode();
    }
  }
}
