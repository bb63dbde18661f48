package io.sidetrace.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes events as JSON, version {@value Event#VERSION}, one after the other with nothing between.
 * Not thread-safe.
 */
public final class EventWriter {
  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .rootValueSeparator((String) null)
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .build();

  private final OutputStream out;
  private @Nullable JsonGenerator generator;

  /**
   * @param out never closed
   */
  public EventWriter(OutputStream out) {
    this.out = out;
  }

  /**
   * @param sequence written in place of the event's own; negative: none
   * @throws IOException only from {@code out}; part of the event may be written then, as after a
   *     RuntimeException
   */
  public void write(Event event, long sequence) throws IOException {
    // One generator for all events: a new one for each costs as much as a small event.
    JsonGenerator to = generator == null ? JSON.createGenerator(out) : generator;
    generator = null;
    to.writeStartObject();
    identity(event, sequence, to);
    outcome(event, to);
    exchange(event, to);
    context(event, to);
    generation(event, to);
    for (Map.Entry<String, String> entry : event.unknown().entrySet()) {
      to.writeFieldName(entry.getKey());
      to.writeRawValue(entry.getValue());
    }
    to.writeEndObject();
    to.flush();
    generator = to;
  }

  private static void identity(Event event, long sequence, JsonGenerator to) throws IOException {
    to.writeNumberField("v", Event.VERSION);
    texts(
        to,
        "kind",
        event.kind().key(),
        "traceId",
        event.traceId(),
        "spanId",
        event.spanId(),
        "parentSpanId",
        event.parentSpanId());
    if (event.remoteParent()) {
      to.writeBooleanField("remoteParent", true);
    }
    texts(to, "name", event.name());
    to.writeNumberField("startMicros", event.startMicros());
    to.writeNumberField("durationNanos", event.durationNanos());
    Event.Origin origin = event.origin();
    texts(to, "service", origin.service(), "instance", origin.instance());
    if (sequence >= 0) {
      to.writeNumberField("sequence", sequence);
    }
    texts(to, "environment", origin.environment(), "release", origin.release());
  }

  private static void outcome(Event event, JsonGenerator to) throws IOException {
    Event.Level level = event.level();
    if (level != null) {
      to.writeStringField("level", level.name());
    }
    Event.Failure error = event.error();
    if (error != null) {
      to.writeObjectFieldStart("error");
      texts(to, "type", error.type(), "message", error.message(), "stack", error.stack());
      to.writeEndObject();
    }
  }

  private static void exchange(Event event, JsonGenerator to) throws IOException {
    Event.Http http = event.http();
    if (http != null) {
      to.writeObjectFieldStart("http");
      texts(to, "method", http.method(), "url", http.url(), "route", http.route());
      if (http.status() != 0) {
        to.writeNumberField("status", http.status());
      }
      texts(
          to,
          "client",
          http.client(),
          "requestType",
          http.requestType(),
          "responseType",
          http.responseType(),
          "requestEncoding",
          http.requestEncoding(),
          "responseEncoding",
          http.responseEncoding());
      to.writeEndObject();
    }
    long[] chunks = event.chunks();
    if (chunks.length > 0) {
      to.writeArrayFieldStart("chunks");
      for (int i = 0; i + 1 < chunks.length; i += 2) {
        to.writeArray(chunks, i, 2);
      }
      to.writeEndArray();
    }
    size("requestBytes", event.requestSize(), to);
    size("responseBytes", event.responseSize(), to);
  }

  private static void context(Event event, JsonGenerator to) throws IOException {
    texts(to, "userId", event.userId(), "sessionId", event.sessionId());
    if (!event.tags().isEmpty()) {
      to.writeArrayFieldStart("tags");
      for (String tag : event.tags()) {
        to.writeString(tag);
      }
      to.writeEndArray();
    }
    if (!event.metadata().isEmpty()) {
      to.writeObjectFieldStart("metadata");
      for (Map.Entry<String, String> entry : event.metadata().entrySet()) {
        to.writeStringField(entry.getKey(), entry.getValue());
      }
      to.writeEndObject();
    }
    Event.Prompt prompt = event.prompt();
    if (prompt != null) {
      to.writeObjectFieldStart("prompt");
      to.writeStringField("name", prompt.name());
      to.writeNumberField("version", prompt.version());
      to.writeEndObject();
    }
  }

  private static void generation(Event event, JsonGenerator to) throws IOException {
    texts(to, "type", event.type());
    raw("input", event.input(), to);
    raw("output", event.output(), to);
    texts(to, "model", event.model());
    raw("modelParameters", event.modelParameters(), to);
    if (!event.usage().isEmpty()) {
      to.writeObjectFieldStart("usage");
      for (Map.Entry<String, Long> entry : event.usage().entrySet()) {
        to.writeNumberField(entry.getKey(), entry.getValue());
      }
      to.writeEndObject();
    }
  }

  private static void size(String name, Event.@Nullable BodySize size, JsonGenerator to)
      throws IOException {
    if (size != null) {
      to.writeObjectFieldStart(name);
      to.writeNumberField("size", size.size());
      if (size.truncated()) {
        to.writeBooleanField("truncated", true);
      }
      if (size.closedEarly()) {
        to.writeBooleanField("closedEarly", true);
      }
      to.writeEndObject();
    }
  }

  /**
   * Names and values in turn; a null is left out. All in one loop: C2 compiles the generator into
   * each place that calls it, which took it four times as long when every field was a place of its
   * own.
   */
  private static void texts(JsonGenerator to, @Nullable String... namesAndValues)
      throws IOException {
    for (int i = 0; i < namesAndValues.length; i += 2) {
      String value = namesAndValues[i + 1];
      if (value != null) {
        to.writeStringField(namesAndValues[i], value);
      }
    }
  }

  private static void raw(String name, @Nullable String json, JsonGenerator to) throws IOException {
    if (json != null) {
      to.writeFieldName(name);
      to.writeRawValue(json);
    }
  }
}
