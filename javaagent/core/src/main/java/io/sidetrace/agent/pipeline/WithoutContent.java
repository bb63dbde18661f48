package io.sidetrace.agent.pipeline;

import io.sidetrace.event.Event;
import io.sidetrace.event.Event.BodySize;
import io.sidetrace.event.Event.Failure;
import io.sidetrace.event.Event.Http;
import io.sidetrace.event.Event.Kind;
import io.sidetrace.event.Event.Level;
import io.sidetrace.event.Frame;
import io.sidetrace.event.Slice;
import io.sidetrace.llm.Chunks;
import io.sidetrace.llm.Exchange;
import io.sidetrace.llm.Generation;
import io.sidetrace.llm.Protocols;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * With {@code content=false}: reads model, usage and first token out of an LLM call's bytes and
 * throws the rest away, so that no message leaves the process. Messages of errors and stack traces
 * go too, since they quote what they failed on. Runs on the drainer thread.
 */
final class WithoutContent implements UnaryOperator<Frame> {
  private static final int FIRST_ERROR_STATUS = 400;

  @Override
  public Frame apply(Frame frame) {
    Event event = frame.event();
    Http http = event.http();
    Event bare = event.withoutBodies().withError(typeOnly(event.error()));
    if (event.kind() == Kind.EXCHANGE && http != null) {
      bare = decoded(bare, http, Protocols.decode(exchange(frame, http)));
    }
    return new Frame(bare, Slice.EMPTY, Slice.EMPTY);
  }

  /** As a producer tells who knows already: the daemon has no bytes left to read. */
  private static Event decoded(Event event, Http http, Generation generation) {
    boolean known = !generation.protocol().equals("unknown");
    boolean failed = http.status() == 0 || http.status() >= FIRST_ERROR_STATUS;
    Map<String, String> metadata = new HashMap<>(event.metadata());
    if (known) {
      metadata.put("protocol", generation.protocol());
    }
    if (generation.firstTokenMicros() != null) {
      metadata.put("first_token_micros", generation.firstTokenMicros().toString());
    }
    return Event.builder(Kind.SPAN, event.origin())
        .ids(event.traceId(), event.spanId(), event.parentSpanId())
        .remoteParent(event.remoteParent())
        .name(known ? generation.name() : event.name())
        .times(event.startMicros(), event.durationNanos())
        .level(event.level() == null && failed ? Level.ERROR : event.level())
        .error(event.error())
        .http(http)
        .sizes(event.requestSize(), event.responseSize())
        .userId(event.userId())
        .sessionId(event.sessionId())
        .tags(event.tags())
        .metadata(metadata)
        .prompt(event.prompt())
        .type(generation.type())
        .model(generation.effectiveModel(), null)
        .usage(generation.usage())
        .build();
  }

  private static Exchange exchange(Frame frame, Http http) {
    Event event = frame.event();
    BodySize in = event.requestSize();
    BodySize out = event.responseSize();
    return Exchange.to(http.url())
        .method(http.method())
        .status(http.status())
        .request(frame.request().toBytes(), http.requestType(), http.requestEncoding())
        .response(frame.response().toBytes(), http.responseType(), http.responseEncoding())
        .truncated(in != null && in.truncated(), out != null && out.truncated())
        .finished(event.error() == null && (out == null || !out.closedEarly()))
        .chunks(chunks(event.chunks()))
        .build();
  }

  private static Chunks chunks(long[] flat) {
    int[] offsets = new int[flat.length / 2];
    long[] micros = new long[offsets.length];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = (int) flat[2 * i];
      micros[i] = flat[2 * i + 1];
    }
    return offsets.length == 0 ? Chunks.NONE : Chunks.of(offsets, micros);
  }

  private static @Nullable Failure typeOnly(@Nullable Failure error) {
    return error == null ? null : new Failure(error.type(), null, null);
  }
}
