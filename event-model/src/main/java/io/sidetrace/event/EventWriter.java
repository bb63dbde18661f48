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

  /** At most so many wait at once: the types and encodings of an exchange. */
  private static final int MOST_TEXTS = 5;

  private final OutputStream out;
  private @Nullable JsonGenerator generator;
  private final String[] names = new String[MOST_TEXTS];
  private final String[] values = new String[MOST_TEXTS];
  private int texts;

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
    texts = 0; // an event that could not be read may have left some
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

  private void identity(Event event, long sequence, JsonGenerator to) throws IOException {
    to.writeNumberField("v", Event.VERSION);
    text("kind", event.kind().key());
    text("traceId", event.traceId());
    text("spanId", event.spanId());
    text("parentSpanId", event.parentSpanId());
    texts(to);
    if (event.remoteParent()) {
      to.writeBooleanField("remoteParent", true);
    }
    text("name", event.name());
    texts(to);
    to.writeNumberField("startMicros", event.startMicros());
    to.writeNumberField("durationNanos", event.durationNanos());
    Event.Origin origin = event.origin();
    text("service", origin.service());
    text("instance", origin.instance());
    texts(to);
    if (sequence >= 0) {
      to.writeNumberField("sequence", sequence);
    }
    text("environment", origin.environment());
    text("release", origin.release());
    texts(to);
  }

  private void outcome(Event event, JsonGenerator to) throws IOException {
    Event.Level level = event.level();
    if (level != null) {
      to.writeStringField("level", level.name());
    }
    Event.Failure error = event.error();
    if (error != null) {
      to.writeObjectFieldStart("error");
      text("type", error.type());
      text("message", error.message());
      text("stack", error.stack());
      texts(to);
      to.writeEndObject();
    }
  }

  private void exchange(Event event, JsonGenerator to) throws IOException {
    Event.Http http = event.http();
    if (http != null) {
      to.writeObjectFieldStart("http");
      text("method", http.method());
      text("url", http.url());
      text("route", http.route());
      texts(to);
      if (http.status() != 0) {
        to.writeNumberField("status", http.status());
      }
      text("client", http.client());
      text("requestType", http.requestType());
      text("responseType", http.responseType());
      text("requestEncoding", http.requestEncoding());
      text("responseEncoding", http.responseEncoding());
      texts(to);
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

  private void context(Event event, JsonGenerator to) throws IOException {
    text("userId", event.userId());
    text("sessionId", event.sessionId());
    texts(to);
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

  private void generation(Event event, JsonGenerator to) throws IOException {
    text("type", event.type());
    texts(to);
    raw("input", event.input(), to);
    raw("output", event.output(), to);
    text("model", event.model());
    texts(to);
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

  /** A field that {@link #texts} is to write, unless it is null. */
  private void text(String name, @Nullable String value) {
    if (value != null) {
      names[texts] = name;
      values[texts++] = value;
    }
  }

  /**
   * Writes what waits. All in one loop: C2 compiles the generator into each place that calls it,
   * which took it four times as long when every field was a place of its own.
   */
  private void texts(JsonGenerator to) throws IOException {
    int count = texts;
    texts = 0;
    for (int i = 0; i < count; i++) {
      to.writeStringField(names[i], values[i]);
    }
  }

  private static void raw(String name, @Nullable String json, JsonGenerator to) throws IOException {
    if (json != null) {
      to.writeFieldName(name);
      to.writeRawValue(json);
    }
  }
}
