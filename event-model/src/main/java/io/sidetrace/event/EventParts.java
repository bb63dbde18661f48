package io.sidetrace.event;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was read of an event so far, checked as a whole at the end since keys come in any order. */
final class EventParts {
  long version = -1;
  @Nullable String kind;
  @Nullable String traceId;
  @Nullable String spanId;
  @Nullable String parentSpanId;
  boolean remoteParent;
  @Nullable String name;
  long startMicros = -1;
  long durationNanos = -1;
  @Nullable String service;
  String instance = "";
  long sequence = -1;
  @Nullable String environment;
  @Nullable String release;
  Event.@Nullable Level level;
  Event.@Nullable Failure error;
  Event.@Nullable Http http;
  long[] chunks = Event.NO_CHUNKS;
  Event.@Nullable BodySize requestSize;
  Event.@Nullable BodySize responseSize;
  @Nullable String userId;
  @Nullable String sessionId;
  List<String> tags = List.of();
  Map<String, String> metadata = Map.of();
  Event.@Nullable Prompt prompt;
  @Nullable String type;
  @Nullable String input;
  @Nullable String output;
  @Nullable String model;
  @Nullable String modelParameters;
  Map<String, Long> usage = Map.of();
  final Map<String, String> unknown = new LinkedHashMap<>();

  /**
   * @throws EventFormatException if a required key is missing or a value is out of range
   */
  Event build() throws EventFormatException {
    if (version != Event.VERSION) {
      throw new EventFormatException(
          version < 0
              ? "event has no version; \"v\":" + Event.VERSION + " is known here"
              : "event has version " + version + "; " + Event.VERSION + " is known here");
    }
    if (startMicros <= 0) {
      throw new EventFormatException("event has no startMicros after the epoch");
    }
    if (durationNanos < 0) {
      throw new EventFormatException("event has no durationNanos of 0 or more");
    }
    String parent = parentSpanId == null ? null : hex("parentSpanId", parentSpanId, 16);
    return Event.builder(
            kind(required("kind", kind)),
            new Event.Origin(required("service", service), instance, environment, release))
        .ids(hex("traceId", traceId, 32), hex("spanId", spanId, 16), parent)
        .remoteParent(remoteParent)
        .name(required("name", name))
        .times(startMicros, durationNanos)
        .sequence(sequence)
        .level(level)
        .error(error)
        .http(http)
        .chunks(chunks)
        .sizes(requestSize, responseSize)
        .userId(userId)
        .sessionId(sessionId)
        .tags(tags)
        .metadata(metadata)
        .prompt(prompt)
        .type(type)
        .input(input)
        .output(output)
        .model(model, modelParameters)
        .usage(usage)
        .unknown(unknown)
        .build();
  }

  private static Event.Kind kind(String name) throws EventFormatException {
    return switch (name) {
      case "request" -> Event.Kind.REQUEST;
      case "exchange" -> Event.Kind.EXCHANGE;
      case "span" -> Event.Kind.SPAN;
      case "log" -> Event.Kind.LOG;
      default ->
          throw new EventFormatException(
              "kind is " + Json.shown(name) + "; request, exchange, span and log are known");
    };
  }

  private static String required(String key, @Nullable String value) throws EventFormatException {
    if (value == null) {
      throw new EventFormatException("event has no " + key);
    }
    return value;
  }

  private static String hex(String key, @Nullable String value, int digits)
      throws EventFormatException {
    if (value == null || value.length() != digits || !isId(value)) {
      throw new EventFormatException(
          key
              + " is "
              + Json.shown(value)
              + ", not "
              + digits
              + " lowercase hex digits with one above 0");
    }
    return value;
  }

  private static boolean isId(String value) {
    boolean zero = true;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
      zero &= c == '0';
    }
    return !zero;
  }
}
