package io.sidetrace.event;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes events as JSON, version {@value Event#VERSION}, one after the other with nothing between.
 * Not thread-safe.
 */
final class EventWriter {
  private final JsonWriter to;

  EventWriter(FrameBuffer out) {
    this.to = new JsonWriter(out);
  }

  /**
   * @param sequence written in place of the event's own; negative: none
   */
  void write(Event event, long sequence) {
    to.beginObject();
    identity(event, sequence);
    outcome(event);
    exchange(event);
    context(event);
    generation(event);
    for (Map.Entry<String, String> entry : event.unknown().entrySet()) {
      to.raw(entry.getKey(), entry.getValue());
    }
    to.endObject();
  }

  private void identity(Event event, long sequence) {
    to.number("v", Event.VERSION);
    to.text("kind", event.kind().key());
    to.text("traceId", event.traceId());
    to.text("spanId", event.spanId());
    to.text("parentSpanId", event.parentSpanId());
    to.flag("remoteParent", event.remoteParent());
    to.text("name", event.name());
    to.number("startMicros", event.startMicros());
    to.number("durationNanos", event.durationNanos());
    Event.Origin origin = event.origin();
    to.text("service", origin.service());
    to.text("instance", origin.instance());
    if (sequence >= 0) {
      to.number("sequence", sequence);
    }
    to.text("environment", origin.environment());
    to.text("release", origin.release());
  }

  private void outcome(Event event) {
    Event.Level level = event.level();
    if (level != null) {
      to.text("level", level.name());
    }
    Event.Failure error = event.error();
    if (error != null) {
      to.beginObject("error");
      to.text("type", error.type());
      to.text("message", error.message());
      to.text("stack", error.stack());
      to.endObject();
    }
  }

  private void exchange(Event event) {
    Event.Http http = event.http();
    if (http != null) {
      to.beginObject("http");
      to.text("method", http.method());
      to.text("url", http.url());
      to.text("route", http.route());
      if (http.status() != 0) {
        to.number("status", http.status());
      }
      to.text("client", http.client());
      to.text("requestType", http.requestType());
      to.text("responseType", http.responseType());
      to.text("requestEncoding", http.requestEncoding());
      to.text("responseEncoding", http.responseEncoding());
      to.endObject();
    }
    long[] chunks = event.chunks();
    if (chunks.length > 0) {
      to.beginArray("chunks");
      for (int i = 0; i + 1 < chunks.length; i += 2) {
        to.beginArray();
        to.number(chunks[i]);
        to.number(chunks[i + 1]);
        to.endArray();
      }
      to.endArray();
    }
    size("requestBytes", event.requestSize());
    size("responseBytes", event.responseSize());
  }

  private void context(Event event) {
    to.text("userId", event.userId());
    to.text("sessionId", event.sessionId());
    if (!event.tags().isEmpty()) {
      to.beginArray("tags");
      for (String tag : event.tags()) {
        to.text(tag);
      }
      to.endArray();
    }
    if (!event.metadata().isEmpty()) {
      to.beginObject("metadata");
      for (Map.Entry<String, String> entry : event.metadata().entrySet()) {
        to.text(entry.getKey(), entry.getValue());
      }
      to.endObject();
    }
    Event.Prompt prompt = event.prompt();
    if (prompt != null) {
      to.beginObject("prompt");
      to.text("name", prompt.name());
      to.number("version", prompt.version());
      to.endObject();
    }
  }

  private void generation(Event event) {
    to.text("type", event.type());
    to.raw("input", event.input());
    to.raw("output", event.output());
    to.text("model", event.model());
    to.raw("modelParameters", event.modelParameters());
    if (!event.usage().isEmpty()) {
      to.beginObject("usage");
      for (Map.Entry<String, Long> entry : event.usage().entrySet()) {
        to.number(entry.getKey(), entry.getValue());
      }
      to.endObject();
    }
  }

  private void size(String name, Event.@Nullable BodySize size) {
    if (size != null) {
      to.beginObject(name);
      to.number("size", size.size());
      to.flag("truncated", size.truncated());
      to.flag("closedEarly", size.closedEarly());
      to.endObject();
    }
  }
}
