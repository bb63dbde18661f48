package io.sidetrace.agent.api;

import io.sidetrace.event.Event;
import io.sidetrace.event.EventBuilder;
import io.sidetrace.event.Frame;
import io.sidetrace.event.Pieces;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The settings and the sink that all calls of this process use. Advice is static, so there has to
 * be one place where it finds them: here.
 */
public final class Tracer {
  private static volatile @Nullable Tracer current;

  final CaptureSettings settings;
  final PathPatterns ignored;
  final LlmEndpoints endpoints;
  private final EventSink sink;
  private final LongAdder open = new LongAdder();

  public Tracer(CaptureSettings settings, EventSink sink) {
    this.settings = settings;
    this.ignored = new PathPatterns(settings.ignoredPaths());
    this.endpoints = new LlmEndpoints(settings.llmPatterns());
    this.sink = sink;
  }

  /** Calls that begin from now on use this tracer; null: none begins. */
  public static void install(@Nullable Tracer tracer) {
    current = tracer;
  }

  /** Null until the agent is up and after it switched itself off. */
  static @Nullable Tracer current() {
    return current;
  }

  /** Calls and spans that began and have not ended. */
  public long open() {
    return open.sum();
  }

  /** Ends client calls whose response the application dropped unread; call it now and then. */
  public static void endAbandoned() {
    HeldResponse.endAbandoned();
  }

  void began() {
    open.increment();
  }

  void ended() {
    open.decrement();
  }

  EventBuilder event(Event.Kind kind, Trace trace, String spanId, @Nullable String parentSpanId) {
    return Event.builder(kind, settings.origin())
        .ids(trace.traceId, spanId, parentSpanId)
        .userId(trace.userId)
        .sessionId(trace.sessionId)
        .tags(trace.tags);
  }

  void offer(Event event, Pieces request, Pieces response) {
    sink.offer(new Frame(event, request, response));
  }
}
