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
      Json.expect(from.nextToken(), JsonToken.START_OBJECT, "event");
      EventParts parts = new EventParts();
      while (from.nextToken() != JsonToken.END_OBJECT) {
        String key = from.currentName();
        from.nextToken();
        read(key, from, parts);
      }
      if (from.nextToken() != null) {
        throw new EventFormatException("event is followed by more JSON");
      }
      return parts.build();
    } catch (IOException e) {
      throw new EventFormatException("event is not valid JSON: " + e.getMessage(), e);
    }
  }

  private void read(String key, JsonParser from, EventParts to)
      throws IOException, EventFormatException {
    if (from.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    switch (key) {
      case "v" -> to.version = Json.whole(from, key);
      case "kind" -> to.kind = Json.text(from, key);
      case "traceId" -> to.traceId = Json.text(from, key);
      case "spanId" -> to.spanId = Json.text(from, key);
      case "parentSpanId" -> to.parentSpanId = Json.text(from, key);
      case "remoteParent" -> to.remoteParent = Json.flag(from, key);
      case "name" -> to.name = Json.text(from, key);
      case "startMicros" -> to.startMicros = Json.whole(from, key);
      case "durationNanos" -> to.durationNanos = Json.whole(from, key);
      case "service" -> to.service = Json.text(from, key);
      case "instance" -> to.instance = Json.text(from, key);
      case "sequence" -> to.sequence = Json.whole(from, key);
      case "environment" -> to.environment = Json.text(from, key);
      case "release" -> to.release = Json.text(from, key);
      case "level" -> to.level = level(Json.text(from, key));
      case "error" -> to.error = error(from);
      case "http" -> to.http = http(from);
      case "chunks" -> to.chunks = chunks(from);
      case "requestBytes" -> to.requestSize = size(from, key);
      case "responseBytes" -> to.responseSize = size(from, key);
      case "userId" -> to.userId = Json.text(from, key);
      case "sessionId" -> to.sessionId = Json.text(from, key);
      case "tags" -> to.tags = tags(from);
      case "metadata" -> to.metadata = metadata(from);
      case "prompt" -> to.prompt = prompt(from);
      case "type" -> to.type = Json.text(from, key);
      case "input" -> to.input = raw(from);
      case "output" -> to.output = raw(from);
      case "model" -> to.model = Json.text(from, key);
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
        "level is "
            + Json.shown(name)
            + "; one of "
            + Arrays.toString(Event.Level.values())
            + " is known");
  }

  private static Event.Failure error(JsonParser from) throws IOException, EventFormatException {
    Map<String, String> fields = Json.texts(from, "error");
    return new Event.Failure(
        fields.getOrDefault("type", "error"), fields.get("message"), fields.get("stack"));
  }

  private static Event.Http http(JsonParser from) throws IOException, EventFormatException {
    Map<String, String> fields = Json.texts(from, "http");
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
      throw new EventFormatException("http.status is " + Json.shown(status) + ", not a number", e);
    }
  }

  private static long[] chunks(JsonParser from) throws IOException, EventFormatException {
    Json.expect(from.currentToken(), JsonToken.START_ARRAY, "chunks");
    long[] flat = new long[16];
    int size = 0;
    while (from.nextToken() != JsonToken.END_ARRAY) {
      Json.expect(from.currentToken(), JsonToken.START_ARRAY, "chunks[]");
      if (size >= 2 * MAX_CHUNKS) {
        throw new EventFormatException("chunks has more than " + MAX_CHUNKS + " entries");
      }
      if (size == flat.length) {
        flat = Arrays.copyOf(flat, size * 2);
      }
      from.nextToken();
      flat[size++] = Json.whole(from, "chunks[][0]");
      from.nextToken();
      flat[size++] = Json.whole(from, "chunks[][1]");
      Json.expect(from.nextToken(), JsonToken.END_ARRAY, "chunks[]");
    }
    return size == 0 ? Event.NO_CHUNKS : Arrays.copyOf(flat, size);
  }

  private static Event.BodySize size(JsonParser from, String key)
      throws IOException, EventFormatException {
    Json.expect(from.currentToken(), JsonToken.START_OBJECT, key);
    long size = -1;
    boolean truncated = false;
    boolean closedEarly = false;
    while (from.nextToken() != JsonToken.END_OBJECT) {
      String field = from.currentName();
      from.nextToken();
      switch (field) {
        case "size" -> size = Json.whole(from, key + ".size");
        case "truncated" -> truncated = Json.flag(from, key + ".truncated");
        case "closedEarly" -> closedEarly = Json.flag(from, key + ".closedEarly");
        default -> from.skipChildren();
      }
    }
    if (size < 0) {
      throw new EventFormatException(key + " has no size of 0 or more");
    }
    return new Event.BodySize(size, truncated, closedEarly);
  }

  private static List<String> tags(JsonParser from) throws IOException, EventFormatException {
    Json.expect(from.currentToken(), JsonToken.START_ARRAY, "tags");
    List<String> tags = new ArrayList<>();
    while (from.nextToken() != JsonToken.END_ARRAY) {
      tags.add(Json.text(from, "tags[]"));
    }
    return List.copyOf(tags);
  }

  /** Values that are no text are kept as their JSON text, so that a producer may send any. */
  private Map<String, String> metadata(JsonParser from) throws IOException, EventFormatException {
    Json.expect(from.currentToken(), JsonToken.START_OBJECT, "metadata");
    Map<String, String> metadata = new LinkedHashMap<>();
    while (from.nextToken() != JsonToken.END_OBJECT) {
      String key = from.currentName();
      JsonToken token = from.nextToken();
      metadata.put(key, token == JsonToken.VALUE_STRING ? from.getText() : raw(from));
    }
    return metadata;
  }

  private static Event.Prompt prompt(JsonParser from) throws IOException, EventFormatException {
    Map<String, String> fields = Json.texts(from, "prompt");
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
    Json.expect(from.currentToken(), JsonToken.START_OBJECT, "usage");
    Map<String, Long> usage = new LinkedHashMap<>();
    while (from.nextToken() != JsonToken.END_OBJECT) {
      String key = from.currentName();
      from.nextToken();
      usage.put(key, Json.whole(from, "usage." + key));
    }
    return usage;
  }

  private String raw(JsonParser from) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator to = json.createGenerator(text)) {
      to.copyCurrentStructureExact(from);
    }
    return text.toString();
  }
}
