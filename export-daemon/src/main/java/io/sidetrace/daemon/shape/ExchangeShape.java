package io.sidetrace.daemon.shape;

import io.sidetrace.event.Event;
import io.sidetrace.event.Slice;
import io.sidetrace.llm.Chunks;
import io.sidetrace.llm.Exchange;
import io.sidetrace.llm.Failure;
import io.sidetrace.llm.Generation;
import io.sidetrace.llm.Protocols;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call to an LLM provider: decoded, or with its bodies as they are where no decoder knows it. */
final class ExchangeShape {
  private static final int CLIENT_ERROR = 400;

  private ExchangeShape() {}

  static Observation shape(Event event, Slice request, Slice response, Observation.Trace trace) {
    Event.Http http = event.http();
    if (http == null) {
      return SpanShape.shape(event, request, response, trace);
    }
    Generation generation = Protocols.decode(exchange(event, http, request, response));
    boolean known = !generation.protocol().equals("unknown");
    Severity severity = severity(event, generation);
    return new Observation(
        Shaper.identity(event),
        known ? generation.name() : event.name(),
        generation.type(),
        severity.level(),
        severity.message(),
        content(event, request, response, generation, known),
        model(event, generation),
        trace);
  }

  private static Exchange exchange(Event event, Event.Http http, Slice request, Slice response) {
    Event.BodySize in = event.requestSize();
    Event.BodySize out = event.responseSize();
    return Exchange.to(http.url())
        .method(http.method())
        .status(http.status())
        .request(request.toBytes(), http.requestType(), http.requestEncoding())
        .response(response.toBytes(), http.responseType(), http.responseEncoding())
        .truncated(in != null && in.truncated(), out != null && out.truncated())
        .finished(event.error() == null && (out == null || !out.closedEarly()))
        .chunks(chunks(event.chunks()))
        .build();
  }

  private static Chunks chunks(long[] flat) {
    int[] offsets = new int[flat.length / 2];
    long[] micros = new long[offsets.length];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = (int) Math.min(Integer.MAX_VALUE, flat[2 * i]);
      micros[i] = flat[2 * i + 1];
      if (offsets[i] < (i == 0 ? 0 : offsets[i - 1])) {
        return Chunks.NONE; // other producers may send anything; without times it still decodes
      }
    }
    return offsets.length == 0 ? Chunks.NONE : Chunks.of(offsets, micros);
  }

  /** What the provider said is told rather than the bare status. */
  private static Severity severity(Event event, Generation generation) {
    Severity severity = Severity.of(event, CLIENT_ERROR);
    Failure error = generation.error();
    if (error == null || event.error() != null) {
      return severity;
    }
    String type = error.type();
    String message = type == null ? error.message() : type + ": " + error.message();
    return new Severity(event.level() == null ? Event.Level.ERROR : severity.level(), message);
  }

  private static Observation.Content content(
      Event event, Slice request, Slice response, Generation generation, boolean known) {
    Facts facts = new Facts(event);
    if (!known) {
      return RequestShape.content(event, request, response, facts);
    }
    generation.metadata().forEach(facts::put);
    facts.put("protocol", generation.protocol());
    facts.put("response_id", generation.responseId());
    facts.put("request_model", differing(generation));
    facts.put("finish_reasons", String.join(", ", generation.finishReasons()));
    facts.put("streaming", generation.streaming() ? "true" : null);
    facts.put("incomplete", generation.complete() ? null : "true");
    return new Observation.Content(generation.input(), generation.output(), facts.toMap());
  }

  /** The model asked for, where another one answered. */
  private static @Nullable String differing(Generation generation) {
    String asked = generation.requestModel();
    return asked == null || asked.equals(generation.effectiveModel()) ? null : asked;
  }

  private static Observation.Model model(Event event, Generation generation) {
    Long firstToken = generation.firstTokenMicros();
    Map<String, Double> cost = generation.cost();
    return new Observation.Model(
        generation.effectiveModel(),
        generation.modelParameters(),
        generation.usage(),
        cost == null ? Map.of() : cost,
        firstToken == null ? 0 : event.startMicros() + firstToken,
        event.prompt());
  }
}
