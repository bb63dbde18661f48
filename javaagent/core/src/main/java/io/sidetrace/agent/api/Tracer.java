package io.sidetrace.agent.api;

import io.sidetrace.event.Event;
import io.sidetrace.event.EventBuilder;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The settings and the sink that all calls of this process use. Advice is static, so there has to
 * be one place where it finds them: here.
 */
public final class Tracer {
  private static volatile @Nullable Tracer current;

  final CaptureSettings settings;
  final String[] headers;
  final PathPatterns ignored;
  final LlmEndpoints endpoints;
  private final EventSink sink;
  private final AtomicLong open = new AtomicLong();

  public Tracer(CaptureSettings settings, EventSink sink) {
    this.settings = settings;
    this.headers = RequestHead.names(settings);
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
    return open.get();
  }

  /** Ends client calls whose response the application dropped unread; call it now and then. */
  public static void endAbandoned() {
    HeldResponse.endAbandoned();
  }

  void began() {
    open.incrementAndGet();
  }

  void ended() {
    open.decrementAndGet();
  }

  EventBuilder event(Event.Kind kind, Trace trace, String spanId, @Nullable String parentSpanId) {
    return Event.builder(kind, settings.origin())
        .ids(trace.traceId, spanId, parentSpanId)
        .userId(trace.userId)
        .sessionId(trace.sessionId)
        .tags(trace.tags);
  }

  void offer(Finished finished) {
    sink.offer(finished);
  }
}
