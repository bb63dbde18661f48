package io.sidetrace.event;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One finished span, version 1 of the contract: complete when written, never joined with another.
 *
 * <p>Bodies travel beside the event in a {@link Frame}. JSON keys are the component names, {@link
 * Origin} and {@link Kind} flattened; absent means unknown. {@code docs/event.schema.json} is the
 * published form.
 *
 * @param traceId 32 lowercase hex digits, not all zero (W3C trace-context 3.2.2.3)
 * @param spanId 16 lowercase hex digits, not all zero
 * @param parentSpanId null for a root
 * @param remoteParent true if the parent span lives in another process
 * @param startMicros microseconds since the epoch, fixed at capture: a repeat carries the same
 * @param durationNanos 0 or more
 * @param sequence per {@link Origin#instance}, gapless from 0; -1 if the producer does not count
 * @param chunks pairs of (offset of the chunk's first byte in the response, microseconds after
 *     {@code startMicros}), flat and ascending; empty if unknown
 * @param requestSize what went over the wire, whether captured or not; null if unknown
 * @param metadata values are plain text
 * @param type an observation type of Langfuse, for producers that already know
 * @param input JSON text, as {@code output} and {@code modelParameters}
 * @param usage token counts by Langfuse's disjoint buckets
 * @param unknown keys this version does not know, with their values as JSON text
 */
public record Event(
    Kind kind,
    String traceId,
    String spanId,
    @Nullable String parentSpanId,
    boolean remoteParent,
    String name,
    long startMicros,
    long durationNanos,
    Origin origin,
    long sequence,
    @Nullable Level level,
    @Nullable Failure error,
    @Nullable Http http,
    long[] chunks,
    @Nullable BodySize requestSize,
    @Nullable BodySize responseSize,
    @Nullable String userId,
    @Nullable String sessionId,
    List<String> tags,
    Map<String, String> metadata,
    @Nullable Prompt prompt,
    @Nullable String type,
    @Nullable String input,
    @Nullable String output,
    @Nullable String model,
    @Nullable String modelParameters,
    Map<String, Long> usage,
    Map<String, String> unknown) {

  public static final int VERSION = 1;

  static final long[] NO_CHUNKS = {};

  /** What the span was. */
  public enum Kind {
    /** a call this process served */
    REQUEST("request"),
    /** an HTTP call this process made, with its bytes */
    EXCHANGE("exchange"),
    /** work inside the process */
    SPAN("span"),
    /** a moment, not a duration */
    LOG("log");

    private final String key;

    Kind(String key) {
      this.key = key;
    }

    /** Its name in JSON. */
    public String key() {
      return key;
    }
  }

  /** Langfuse's levels. */
  public enum Level {
    DEBUG,
    DEFAULT,
    WARNING,
    ERROR
  }

  /**
   * Who produced the event.
   *
   * @param instance unique per process start
   */
  public record Origin(
      String service, String instance, @Nullable String environment, @Nullable String release) {}

  /** What went wrong. {@code type} is a class name or a provider's error type. */
  public record Failure(String type, @Nullable String message, @Nullable String stack) {}

  /**
   * The HTTP side of a request or an exchange.
   *
   * @param url path and query for a request, absolute for an exchange; secrets already cut
   * @param route the template that matched, such as {@code /orders/{id}}
   * @param status 0 if no answer came
   * @param client the library that made the call
   */
  public record Http(
      String method,
      String url,
      @Nullable String route,
      int status,
      @Nullable String client,
      @Nullable String requestType,
      @Nullable String responseType,
      @Nullable String requestEncoding,
      @Nullable String responseEncoding) {}

  /**
   * A body's size on the wire.
   *
   * @param truncated true if fewer bytes than {@code size} were captured
   * @param closedEarly true if the reader stopped before the body's end: cancelled, closed, failed
   */
  public record BodySize(long size, boolean truncated, boolean closedEarly) {

    private static @Nullable BodySize dropped(@Nullable BodySize body) {
      return body == null || body.size == 0
          ? body
          : new BodySize(body.size, true, body.closedEarly);
    }
  }

  /** A prompt of Langfuse that this call used. */
  public record Prompt(String name, int version) {}

  public static EventBuilder builder(Kind kind, Origin origin) {
    return new EventBuilder(kind, origin);
  }

  /** The same event for a frame whose bodies were dropped: sizes stay, marked as truncated. */
  public Event withoutBodies() {
    return with(error, NO_CHUNKS, BodySize.dropped(requestSize), BodySize.dropped(responseSize));
  }

  public Event withError(@Nullable Failure newError) {
    return with(newError, chunks, requestSize, responseSize);
  }

  private Event with(
      @Nullable Failure newError,
      long[] newChunks,
      @Nullable BodySize newRequestSize,
      @Nullable BodySize newResponseSize) {
    return new Event(
        kind,
        traceId,
        spanId,
        parentSpanId,
        remoteParent,
        name,
        startMicros,
        durationNanos,
        origin,
        sequence,
        level,
        newError,
        http,
        newChunks,
        newRequestSize,
        newResponseSize,
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
