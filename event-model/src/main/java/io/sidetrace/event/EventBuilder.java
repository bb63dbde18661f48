package io.sidetrace.event;

import io.sidetrace.event.Event.BodySize;
import io.sidetrace.event.Event.Failure;
import io.sidetrace.event.Event.Http;
import io.sidetrace.event.Event.Kind;
import io.sidetrace.event.Event.Level;
import io.sidetrace.event.Event.Origin;
import io.sidetrace.event.Event.Prompt;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects an event's parts. Not thread-safe. */
public final class EventBuilder {
  private final Kind kind;
  private final Origin origin;
  private @Nullable String traceId;
  private @Nullable String spanId;
  private @Nullable String parentSpanId;
  private boolean remoteParent;
  private @Nullable String name;
  private long startMicros;
  private long durationNanos;
  private long sequence = -1;
  private @Nullable Level level;
  private @Nullable Failure error;
  private @Nullable Http http;
  private long[] chunks = Event.NO_CHUNKS;
  private @Nullable BodySize requestSize;
  private @Nullable BodySize responseSize;
  private @Nullable String userId;
  private @Nullable String sessionId;
  private List<String> tags = List.of();
  private Map<String, String> metadata = Map.of();
  private @Nullable Prompt prompt;
  private @Nullable String type;
  private @Nullable String input;
  private @Nullable String output;
  private @Nullable String model;
  private @Nullable String modelParameters;
  private Map<String, Long> usage = Map.of();
  private Map<String, String> unknown = Map.of();

  EventBuilder(Kind kind, Origin origin) {
    this.kind = kind;
    this.origin = origin;
  }

  public EventBuilder ids(String traceId, String spanId, @Nullable String parentSpanId) {
    this.traceId = traceId;
    this.spanId = spanId;
    this.parentSpanId = parentSpanId;
    return this;
  }

  public EventBuilder remoteParent(boolean remoteParent) {
    this.remoteParent = remoteParent;
    return this;
  }

  public EventBuilder name(String name) {
    this.name = name;
    return this;
  }

  public EventBuilder times(long startMicros, long durationNanos) {
    this.startMicros = startMicros;
    this.durationNanos = durationNanos;
    return this;
  }

  public EventBuilder sequence(long sequence) {
    this.sequence = sequence;
    return this;
  }

  public EventBuilder level(@Nullable Level level) {
    this.level = level;
    return this;
  }

  public EventBuilder error(@Nullable Failure error) {
    this.error = error;
    return this;
  }

  public EventBuilder http(@Nullable Http http) {
    this.http = http;
    return this;
  }

  public EventBuilder chunks(long[] chunks) {
    this.chunks = chunks;
    return this;
  }

  public EventBuilder sizes(@Nullable BodySize request, @Nullable BodySize response) {
    this.requestSize = request;
    this.responseSize = response;
    return this;
  }

  public EventBuilder userId(@Nullable String userId) {
    this.userId = userId;
    return this;
  }

  public EventBuilder sessionId(@Nullable String sessionId) {
    this.sessionId = sessionId;
    return this;
  }

  public EventBuilder tags(List<String> tags) {
    this.tags = tags;
    return this;
  }

  public EventBuilder metadata(Map<String, String> metadata) {
    this.metadata = metadata;
    return this;
  }

  public EventBuilder prompt(@Nullable Prompt prompt) {
    this.prompt = prompt;
    return this;
  }

  public EventBuilder type(@Nullable String type) {
    this.type = type;
    return this;
  }

  public EventBuilder input(@Nullable String json) {
    this.input = json;
    return this;
  }

  public EventBuilder output(@Nullable String json) {
    this.output = json;
    return this;
  }

  public EventBuilder model(@Nullable String model, @Nullable String parametersJson) {
    this.model = model;
    this.modelParameters = parametersJson;
    return this;
  }

  public EventBuilder usage(Map<String, Long> usage) {
    this.usage = usage;
    return this;
  }

  public EventBuilder unknown(Map<String, String> unknown) {
    this.unknown = unknown;
    return this;
  }

  /**
   * @throws NullPointerException if ids or name are missing
   */
  public Event build() {
    return new Event(
        kind,
        Objects.requireNonNull(traceId, "traceId"),
        Objects.requireNonNull(spanId, "spanId"),
        parentSpanId,
        remoteParent,
        Objects.requireNonNull(name, "name"),
        startMicros,
        durationNanos,
        origin,
        sequence,
        level,
        error,
        http,
        chunks,
        requestSize,
        responseSize,
        userId,
        sessionId,
        tags,
        metadata,
        prompt,
        type,
        input,
        output,
        model,
        modelParameters,
        usage,
        unknown);
  }
}
