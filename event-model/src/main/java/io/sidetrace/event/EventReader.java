package io.sidetrace.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads events from JSON, whoever wrote them. Thread-safe. */
public final class EventReader {
  private static final int MAX_CHUNKS = 1 << 16;

  private final JsonFactory json =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(200)
                  .maxStringLength(16 << 20)
                  .build())
          .build();

  /**
   * @throws EventFormatException if it is no JSON object, of another version, lacks a required key
   *     or holds a value of the wrong kind
   */
  public Event read(Slice bytes) throws EventFormatException {
    try (JsonParser from = json.createParser(bytes.array(), bytes.offset(), bytes.length())) {
      expect(from.nextToken(), JsonToken.START_OBJECT, "event");
      Parts parts = new Parts();
      while (from.nextToken() != JsonToken.END_OBJECT) {
        String key = from.currentName();
        from.nextToken();
        read(key, from, parts);
      }
      return parts.build();
    } catch (IOException e) {
      throw new EventFormatException("event is not valid JSON: " + e.getMessage(), e);
    }
  }

  private void read(String key, JsonParser from, Parts to)
      throws IOException, EventFormatException {
    if (from.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    switch (key) {
      case "v" -> to.version = whole(from, key);
      case "kind" -> to.kind = text(from, key);
      case "traceId" -> to.traceId = text(from, key);
      case "spanId" -> to.spanId = text(from, key);
      case "parentSpanId" -> to.parentSpanId = text(from, key);
      case "remoteParent" -> to.remoteParent = flag(from, key);
      case "name" -> to.name = text(from, key);
      case "startMicros" -> to.startMicros = whole(from, key);
      case "durationNanos" -> to.durationNanos = whole(from, key);
      case "service" -> to.service = text(from, key);
      case "instance" -> to.instance = text(from, key);
      case "sequence" -> to.sequence = whole(from, key);
      case "environment" -> to.environment = text(from, key);
      case "release" -> to.release = text(from, key);
      case "level" -> to.level = level(text(from, key));
      case "error" -> to.error = error(from);
      case "http" -> to.http = http(from);
      case "chunks" -> to.chunks = chunks(from);
      case "requestBytes" -> to.requestSize = size(from, key);
      case "responseBytes" -> to.responseSize = size(from, key);
      case "userId" -> to.userId = text(from, key);
      case "sessionId" -> to.sessionId = text(from, key);
      case "tags" -> to.tags = tags(from);
      case "metadata" -> to.metadata = metadata(from);
      case "prompt" -> to.prompt = prompt(from);
      case "type" -> to.type = text(from, key);
      case "input" -> to.input = raw(from);
      case "output" -> to.output = raw(from);
      case "model" -> to.model = text(from, key);
      case "modelParameters" -> to.modelParameters = raw(from);
      case "usage" -> to.usage = usage(from);
      default -> to.unknown.put(key, raw(from));
    }
  }

  private static Event.Level level(String name) throws EventFormatException {
    for (Event.Level level : Event.Level.values()) {
      if (level.name().equals(name)) {
        return level;
      }
    }
    throw new EventFormatException(
        "level is " + name + "; one of " + Arrays.toString(Event.Level.values()) + " is known");
  }

  private static Event.Failure error(JsonParser from) throws IOException, EventFormatException {
    Map<String, String> fields = texts(from, "error");
    return new Event.Failure(
        fields.getOrDefault("type", "error"), fields.get("message"), fields.get("stack"));
  }

  private static Event.Http http(JsonParser from) throws IOException, EventFormatException {
    Map<String, String> fields = texts(from, "http");
    return new Event.Http(
        fields.getOrDefault("method", ""),
        fields.getOrDefault("url", ""),
        fields.get("route"),
        status(fields.get("status")),
        fields.get("client"),
        fields.get("requestType"),
        fields.get("responseType"),
        fields.get("requestEncoding"),
        fields.get("responseEncoding"));
  }

  private static int status(@Nullable String status) throws EventFormatException {
    try {
      return status == null ? 0 : Integer.parseInt(status);
    } catch (NumberFormatException e) {
      throw new EventFormatException("http.status is " + status + ", not a number", e);
    }
  }

  private static long[] chunks(JsonParser from) throws IOException, EventFormatException {
    expect(from.currentToken(), JsonToken.START_ARRAY, "chunks");
    long[] flat = new long[16];
    int size = 0;
    while (from.nextToken() != JsonToken.END_ARRAY) {
      expect(from.currentToken(), JsonToken.START_ARRAY, "chunks[]");
      if (size >= 2 * MAX_CHUNKS) {
        throw new EventFormatException("chunks has more than " + MAX_CHUNKS + " entries");
      }
      if (size == flat.length) {
        flat = Arrays.copyOf(flat, size * 2);
      }
      from.nextToken();
      flat[size++] = whole(from, "chunks[][0]");
      from.nextToken();
      flat[size++] = whole(from, "chunks[][1]");
      expect(from.nextToken(), JsonToken.END_ARRAY, "chunks[]");
    }
    return size == 0 ? Event.NO_CHUNKS : Arrays.copyOf(flat, size);
  }

  private static Event.BodySize size(JsonParser from, String key)
      throws IOException, EventFormatException {
    expect(from.currentToken(), JsonToken.START_OBJECT, key);
    long size = 0;
    boolean truncated = false;
    boolean closedEarly = false;
    while (from.nextToken() != JsonToken.END_OBJECT) {
      String field = from.currentName();
      from.nextToken();
      switch (field) {
        case "size" -> size = whole(from, key + ".size");
        case "truncated" -> truncated = flag(from, key + ".truncated");
        case "closedEarly" -> closedEarly = flag(from, key + ".closedEarly");
        default -> from.skipChildren();
      }
    }
    return new Event.BodySize(size, truncated, closedEarly);
  }

  private static List<String> tags(JsonParser from) throws IOException, EventFormatException {
    expect(from.currentToken(), JsonToken.START_ARRAY, "tags");
    List<String> tags = new ArrayList<>();
    while (from.nextToken() != JsonToken.END_ARRAY) {
      tags.add(text(from, "tags[]"));
    }
    return List.copyOf(tags);
  }

  /** Values that are no text are kept as their JSON text, so that a producer may send any. */
  private Map<String, String> metadata(JsonParser from) throws IOException, EventFormatException {
    expect(from.currentToken(), JsonToken.START_OBJECT, "metadata");
    Map<String, String> metadata = new LinkedHashMap<>();
    while (from.nextToken() != JsonToken.END_OBJECT) {
      String key = from.currentName();
      JsonToken token = from.nextToken();
      metadata.put(key, token == JsonToken.VALUE_STRING ? from.getText() : raw(from));
    }
    return metadata;
  }

  private static Event.Prompt prompt(JsonParser from) throws IOException, EventFormatException {
    Map<String, String> fields = texts(from, "prompt");
    String name = fields.get("name");
    try {
      if (name == null) {
        throw new EventFormatException("prompt has no name");
      }
      return new Event.Prompt(name, Integer.parseInt(fields.getOrDefault("version", "")));
    } catch (NumberFormatException e) {
      throw new EventFormatException("prompt.version is no whole number", e);
    }
  }

  private static Map<String, Long> usage(JsonParser from) throws IOException, EventFormatException {
    expect(from.currentToken(), JsonToken.START_OBJECT, "usage");
    Map<String, Long> usage = new LinkedHashMap<>();
    while (from.nextToken() != JsonToken.END_OBJECT) {
      String key = from.currentName();
      from.nextToken();
      usage.put(key, whole(from, "usage." + key));
    }
    return usage;
  }

  /** The scalar fields of an object; nested values are passed over. */
  private static Map<String, String> texts(JsonParser from, String key)
      throws IOException, EventFormatException {
    expect(from.currentToken(), JsonToken.START_OBJECT, key);
    Map<String, String> fields = new LinkedHashMap<>();
    while (from.nextToken() != JsonToken.END_OBJECT) {
      String field = from.currentName();
      JsonToken token = from.nextToken();
      if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
        fields.put(field, from.getText());
      } else {
        from.skipChildren();
      }
    }
    return fields;
  }

  private String raw(JsonParser from) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator to = json.createGenerator(text)) {
      to.copyCurrentStructure(from);
    }
    return text.toString();
  }

  private static String text(JsonParser from, String key) throws IOException, EventFormatException {
    expect(from.currentToken(), JsonToken.VALUE_STRING, key);
    return from.getText();
  }

  private static long whole(JsonParser from, String key) throws IOException, EventFormatException {
    expect(from.currentToken(), JsonToken.VALUE_NUMBER_INT, key);
    return from.getLongValue();
  }

  private static boolean flag(JsonParser from, String key)
      throws IOException, EventFormatException {
    if (!from.currentToken().isBoolean()) {
      throw new EventFormatException(key + " is neither true nor false");
    }
    return from.getBooleanValue();
  }

  private static void expect(@Nullable JsonToken found, JsonToken wanted, String key)
      throws EventFormatException {
    if (found != wanted) {
      throw new EventFormatException(
          key + " is " + name(found) + " where " + name(wanted) + " is expected");
    }
  }

  private static String name(@Nullable JsonToken token) {
    return token == null
        ? "missing"
        : token.name().toLowerCase(Locale.ROOT).replace("value_", "").replace('_', ' ');
  }

  /** What was read so far, checked as a whole at the end since keys come in any order. */
  private static final class Parts {
    private long version = -1;
    private @Nullable String kind;
    private @Nullable String traceId;
    private @Nullable String spanId;
    private @Nullable String parentSpanId;
    private boolean remoteParent;
    private @Nullable String name;
    private long startMicros = -1;
    private long durationNanos = -1;
    private @Nullable String service;
    private String instance = "";
    private long sequence = -1;
    private @Nullable String environment;
    private @Nullable String release;
    private Event.@Nullable Level level;
    private Event.@Nullable Failure error;
    private Event.@Nullable Http http;
    private long[] chunks = Event.NO_CHUNKS;
    private Event.@Nullable BodySize requestSize;
    private Event.@Nullable BodySize responseSize;
    private @Nullable String userId;
    private @Nullable String sessionId;
    private List<String> tags = List.of();
    private Map<String, String> metadata = Map.of();
    private Event.@Nullable Prompt prompt;
    private @Nullable String type;
    private @Nullable String input;
    private @Nullable String output;
    private @Nullable String model;
    private @Nullable String modelParameters;
    private Map<String, Long> usage = Map.of();
    private final Map<String, String> unknown = new LinkedHashMap<>();

    private Event build() throws EventFormatException {
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
                "kind is " + name + "; request, exchange, span and log are known");
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
            key + " is " + value + ", not " + digits + " lowercase hex digits with one above 0");
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
}
