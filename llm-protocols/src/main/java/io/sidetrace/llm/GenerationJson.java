package io.sidetrace.llm;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a generation as one JSON object on one line, with the keys of {@code docs/decode.md}. Keys
 * whose value is unknown are absent.
 */
public final class GenerationJson {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private GenerationJson() {}

  public static String write(Generation generation) {
    return write(generation, null);
  }

  /**
   * Like {@link #write(Generation)}, naming the sample.
   *
   * @param sample where the exchange was read from, the key {@code sample}; null to leave it out
   */
  public static String write(Generation generation, @Nullable String sample) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      json.writeStartObject();
      text(json, "sample", sample);
      fields(json, generation);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toString();
  }

  private static void fields(JsonGenerator json, Generation g) throws IOException {
    text(json, "protocol", g.protocol());
    text(json, "type", g.type());
    text(json, "operation", g.operation());
    text(json, "name", g.name());
    text(json, "requestModel", g.requestModel());
    text(json, "model", g.model());
    json.writeBooleanField("streaming", g.streaming());
    json.writeBooleanField("complete", g.complete());
    value(json, "input", g.input());
    value(json, "output", g.output());
    texts(json, "choices", g.choices());
    toolCalls(json, g.toolCalls());
    texts(json, "finishReasons", g.finishReasons());
    usage(json, g.usage());
    value(json, "providerUsage", g.providerUsage());
    cost(json, g.cost());
    value(json, "modelParameters", g.modelParameters());
    error(json, g.error());
    media(json, g.media());
    if (g.firstTokenMicros() != null) {
      json.writeNumberField("firstTokenMicros", g.firstTokenMicros());
    }
    text(json, "responseId", g.responseId());
    metadata(json, g.metadata());
  }

  private static void text(JsonGenerator json, String name, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }

  private static void texts(JsonGenerator json, String name, List<String> values)
      throws IOException {
    if (!values.isEmpty()) {
      json.writeArrayFieldStart(name);
      for (String value : values) {
        json.writeString(value);
      }
      json.writeEndArray();
    }
  }

  private static void toolCalls(JsonGenerator json, List<ToolCall> calls) throws IOException {
    if (calls.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("toolCalls");
    for (ToolCall call : calls) {
      json.writeStartObject();
      text(json, "id", call.id());
      text(json, "name", call.name());
      text(json, "arguments", call.arguments());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void usage(JsonGenerator json, Map<String, Long> usage) throws IOException {
    if (!usage.isEmpty()) {
      json.writeObjectFieldStart("usage");
      for (Map.Entry<String, Long> bucket : usage.entrySet()) {
        json.writeNumberField(bucket.getKey(), bucket.getValue());
      }
      json.writeEndObject();
    }
  }

  private static void cost(JsonGenerator json, @Nullable Map<String, Double> cost)
      throws IOException {
    if (cost != null) {
      json.writeObjectFieldStart("cost");
      for (Map.Entry<String, Double> part : cost.entrySet()) {
        json.writeNumberField(part.getKey(), part.getValue());
      }
      json.writeEndObject();
    }
  }

  private static void error(JsonGenerator json, @Nullable Failure error) throws IOException {
    if (error != null) {
      json.writeObjectFieldStart("error");
      text(json, "type", error.type());
      text(json, "message", error.message());
      json.writeEndObject();
    }
  }

  private static void media(JsonGenerator json, List<Media> media) throws IOException {
    if (media.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("media");
    for (Media found : media) {
      json.writeStartObject();
      text(json, "field", found.field() == Media.Field.INPUT ? "input" : "output");
      text(json, "pointer", found.pointer());
      text(json, "contentType", found.contentType());
      json.writeNumberField("base64Chars", found.end() - found.base64Start());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void metadata(JsonGenerator json, Map<String, String> metadata)
      throws IOException {
    if (!metadata.isEmpty()) {
      json.writeObjectFieldStart("metadata");
      for (Map.Entry<String, String> fact : metadata.entrySet()) {
        value(json, fact.getKey(), fact.getValue());
      }
      json.writeEndObject();
    }
  }

  /** Writes JSON text as JSON, made compact, and anything else as a string. */
  private static void value(JsonGenerator json, String name, @Nullable String text)
      throws IOException {
    if (text == null) {
      return;
    }
    String compact = compact(text);
    if (compact != null) {
      json.writeFieldName(name);
      json.writeRawValue(compact);
    } else {
      json.writeStringField(name, text);
    }
  }

  /** Null when the text is no JSON object, array or string. */
  private static @Nullable String compact(String text) throws IOException {
    char first = text.isBlank() ? ' ' : text.stripLeading().charAt(0);
    if (first != '{' && first != '[' && first != '"') {
      return null;
    }
    StringWriter out = new StringWriter(text.length());
    try (JsonParser parser = FACTORY.createParser(text);
        JsonGenerator json = FACTORY.createGenerator(out)) {
      parser.nextToken();
      json.copyCurrentStructure(parser);
      if (parser.nextToken() != null) {
        return null;
      }
    } catch (JsonProcessingException notJson) {
      return null;
    }
    return out.toString();
  }
}
