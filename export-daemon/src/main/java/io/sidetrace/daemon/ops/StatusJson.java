package io.sidetrace.daemon.ops;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What {@code GET /status} and {@code GET /ledger} answer: one JSON object on a line. */
final class StatusJson {
  private static final JsonFactory JSON = new JsonFactory();

  private final JsonGenerator to;

  private StatusJson(JsonGenerator to) {
    this.to = to;
  }

  private interface Content {
    void write(StatusJson to) throws IOException;
  }

  static String of(Status status) {
    return object(json -> json.status(status));
  }

  static String of(Ledger.Snapshot ledger) {
    return object(json -> json.ledger(ledger));
  }

  private static String object(Content content) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(text)) {
      generator.writeStartObject();
      content.write(new StatusJson(generator));
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string takes what is written", e);
    }
    return text.append('\n').toString();
  }

  private void status(Status status) throws IOException {
    to.writeStringField("version", status.version());
    to.writeStringField("started", status.started().toString());
    to.writeBooleanField("ready", status.troubles().isEmpty());
    to.writeArrayFieldStart("troubles");
    for (String trouble : status.troubles()) {
      to.writeString(trouble);
    }
    to.writeEndArray();
    to.writeObjectFieldStart("throughput");
    to.writeNumberField("receivedPerSecond", round(status.throughput().received()));
    to.writeNumberField("exportedPerSecond", round(status.throughput().exported()));
    to.writeEndObject();
    to.writeObjectFieldStart("ledger");
    ledger(status.ledger());
    to.writeEndObject();
    to.writeObjectFieldStart("inFlight");
    to.writeNumberField("events", status.inFlight().events());
    to.writeNumberField("bytes", status.inFlight().bytes());
    to.writeNumberField("maxEvents", status.inFlight().maxEvents());
    to.writeNumberField("maxBytes", status.inFlight().maxBytes());
    to.writeEndObject();
    parts(status);
    gaps(status);
    counts("agents", status.agents());
  }

  private void parts(Status status) throws IOException {
    to.writeArrayFieldStart("sources");
    for (Status.Source source : status.sources()) {
      to.writeStartObject();
      part(source.name(), source.trouble());
      Status.Backlog backlog = source.backlog();
      if (backlog != null) {
        to.writeStringField("unit", backlog.unit());
        to.writeNumberField("waiting", backlog.waiting());
        to.writeNumberField("claimed", backlog.claimed());
        if (backlog.bytes() >= 0) {
          to.writeNumberField("bytes", backlog.bytes());
        }
        to.writeNumberField("oldestSeconds", round(backlog.oldestSeconds(status.now())));
        to.writeBooleanField("shared", backlog.shared());
        to.writeArrayFieldStart("unknown");
        for (String stream : backlog.unknown()) {
          to.writeString(stream);
        }
        to.writeEndArray();
      }
      to.writeEndObject();
    }
    to.writeEndArray();
    to.writeArrayFieldStart("exporters");
    for (Status.Exporter exporter : status.exporters()) {
      to.writeStartObject();
      part(exporter.name(), exporter.trouble());
      to.writeNumberField("retries", exporter.retries());
      to.writeEndObject();
    }
    to.writeEndArray();
    to.writeObjectFieldStart("deadLetters");
    to.writeNumberField("bytes", status.deadLetters().bytes());
    to.writeBooleanField("full", status.deadLetters().full());
    counts("byReason", status.deadLetters().byReason());
    to.writeEndObject();
  }

  private void part(String name, @Nullable String trouble) throws IOException {
    to.writeStringField("name", name);
    to.writeBooleanField("up", trouble == null);
    if (trouble != null) {
      to.writeStringField("trouble", trouble);
    }
  }

  private void gaps(Status status) throws IOException {
    to.writeNumberField("missing", status.missing());
    to.writeArrayFieldStart("gaps");
    for (SequenceGaps.Gap gap : status.gaps()) {
      to.writeStartObject();
      to.writeStringField("instance", gap.instance());
      to.writeNumberField("first", gap.first());
      to.writeNumberField("last", gap.last());
      to.writeNumberField("ageSeconds", gap.age().toSeconds());
      to.writeEndObject();
    }
    to.writeEndArray();
  }

  private void ledger(Ledger.Snapshot ledger) throws IOException {
    to.writeNumberField("received", ledger.received());
    to.writeNumberField("exported", ledger.exported());
    to.writeNumberField("deadLettered", ledger.deadLettered());
    counts("filtered", ledger.filtered());
    to.writeNumberField("returned", ledger.returned());
    to.writeNumberField("pending", ledger.pending());
    to.writeBooleanField("balanced", ledger.isBalanced());
  }

  private void counts(String name, Map<String, Long> counts) throws IOException {
    to.writeObjectFieldStart(name);
    for (Map.Entry<String, Long> count : new TreeMap<>(counts).entrySet()) {
      to.writeNumberField(count.getKey(), count.getValue());
    }
    to.writeEndObject();
  }

  private static double round(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
