package io.sidetrace.daemon.export.jsonl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.sidetrace.daemon.shape.Observation;
import io.sidetrace.event.Event;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes an observation as a line of JSON; {@code docs/daemon.md} lists the keys. Thread-safe. */
final class ObservationJson {
  private final JsonFactory json =
      new JsonFactoryBuilder().rootValueSeparator((String) null).build();

  /** Ends with a line feed. */
  void write(Observation observation, OutputStream out) throws IOException {
    JsonGenerator to = json.createGenerator(out);
    to.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    to.writeStartObject();
    span(observation, to);
    trace(observation.trace(), to);
    model(observation.model(), to);
    content(observation.content(), to);
    to.writeEndObject();
    to.writeRaw('\n');
    to.close();
  }

  private static void span(Observation observation, JsonGenerator to) throws IOException {
    Observation.Identity identity = observation.identity();
    to.writeStringField("traceId", identity.traceId());
    to.writeStringField("spanId", identity.spanId());
    text("parentSpanId", identity.parentSpanId(), to);
    to.writeStringField("type", observation.type());
    to.writeStringField("name", observation.name());
    to.writeStringField("startTime", time(identity.startMicros()));
    to.writeNumberField("durationMs", identity.durationNanos() / 1e6);
    to.writeStringField("level", observation.level().name());
    text("statusMessage", observation.statusMessage(), to);
  }

  private static void trace(Observation.Trace trace, JsonGenerator to) throws IOException {
    to.writeStringField("service", trace.service());
    text("instance", trace.instance(), to);
    text("environment", trace.environment(), to);
    text("release", trace.release(), to);
    text("version", trace.version(), to);
    text("traceName", trace.name(), to);
    text("userId", trace.userId(), to);
    text("sessionId", trace.sessionId(), to);
    if (!trace.tags().isEmpty()) {
      to.writeArrayFieldStart("tags");
      for (String tag : trace.tags()) {
        to.writeString(tag);
      }
      to.writeEndArray();
    }
  }

  private void model(Observation.Model model, JsonGenerator to) throws IOException {
    text("model", model.name(), to);
    value("modelParameters", model.parameters(), to);
    if (!model.usage().isEmpty()) {
      to.writeObjectFieldStart("usage");
      for (Map.Entry<String, Long> bucket : model.usage().entrySet()) {
        to.writeNumberField(bucket.getKey(), bucket.getValue());
      }
      to.writeEndObject();
    }
    if (!model.cost().isEmpty()) {
      to.writeObjectFieldStart("cost");
      for (Map.Entry<String, Double> bucket : model.cost().entrySet()) {
        to.writeNumberField(bucket.getKey(), bucket.getValue());
      }
      to.writeEndObject();
    }
    if (model.firstTokenMicros() != 0) {
      to.writeStringField("firstTokenTime", time(model.firstTokenMicros()));
    }
    Event.Prompt prompt = model.prompt();
    if (prompt != null) {
      to.writeStringField("promptName", prompt.name());
      to.writeNumberField("promptVersion", prompt.version());
    }
  }

  private void content(Observation.Content content, JsonGenerator to) throws IOException {
    value("input", content.input(), to);
    value("output", content.output(), to);
    if (!content.metadata().isEmpty()) {
      to.writeObjectFieldStart("metadata");
      for (Map.Entry<String, String> fact : content.metadata().entrySet()) {
        to.writeStringField(fact.getKey(), fact.getValue());
      }
      to.writeEndObject();
    }
  }

  /** JSON as JSON, so that readers need not parse twice; anything else as text. */
  private void value(String name, @Nullable String text, JsonGenerator to) throws IOException {
    if (text == null) {
      return;
    }
    to.writeFieldName(name);
    String line = text.startsWith("{") || text.startsWith("[") ? onOneLine(text) : null;
    if (line == null) {
      to.writeString(text);
    } else {
      to.writeRawValue(line);
    }
  }

  /** Null if it is no JSON after all, as when it was cut. */
  private @Nullable String onOneLine(String text) {
    StringWriter line = new StringWriter(text.length());
    try (JsonParser from = json.createParser(text);
        JsonGenerator to = json.createGenerator(line)) {
      from.nextToken();
      to.copyCurrentStructure(from);
      if (from.nextToken() != null) {
        return null;
      }
    } catch (IOException e) {
      return null;
    }
    return line.toString();
  }

  private static void text(String name, @Nullable String value, JsonGenerator to)
      throws IOException {
    if (value != null) {
      to.writeStringField(name, value);
    }
  }

  private static String time(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
  }
}
