package io.sidetrace.daemon.export.langfuse;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.sidetrace.daemon.shape.Observation;
import io.sidetrace.event.Event;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An observation as the span that Langfuse reads. Only attributes that it reads are sent: every
 * other one would be copied into the metadata. Langfuse server: {@code OtelIngestionProcessor}.
 */
final class LangfuseMapper {
  /** Langfuse's SDKs drop longer ids. */
  private static final int ID_LENGTH = 200;

  private static final int ENVIRONMENT_LENGTH = 40;
  private static final Pattern NOT_IN_ENVIRONMENT = Pattern.compile("[^a-z0-9_-]");
  private static final HexFormat HEX = HexFormat.of();

  private LangfuseMapper() {}

  static Attributes attributes(Observation observation) {
    Attributes attributes = new Attributes();
    trace(observation.trace(), attributes);
    attributes.flag("langfuse.internal.is_app_root", observation.identity().appRoot());
    observation(observation, attributes);
    model(observation, attributes);
    return attributes;
  }

  /** All but its attributes. */
  static Span head(Observation observation) {
    Observation.Identity identity = observation.identity();
    long start = identity.startMicros() * 1000;
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(ByteString.copyFrom(HEX.parseHex(identity.traceId())))
            .setSpanId(ByteString.copyFrom(HEX.parseHex(identity.spanId())))
            .setName(observation.name())
            .setStartTimeUnixNano(start)
            .setEndTimeUnixNano(start + identity.durationNanos());
    if (identity.parentSpanId() != null) {
      span.setParentSpanId(ByteString.copyFrom(HEX.parseHex(identity.parentSpanId())));
    }
    if (observation.level() == Event.Level.ERROR) {
      span.setStatus(status(observation.statusMessage()));
    }
    return span.build();
  }

  private static Status status(@Nullable String message) {
    Status.Builder status = Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR);
    return message == null ? status.build() : status.setMessage(message).build();
  }

  private static void trace(Observation.Trace trace, Attributes to) {
    to.text("langfuse.trace.name", trace.name());
    to.text("langfuse.user.id", cut(trace.userId(), ID_LENGTH));
    to.text("langfuse.session.id", cut(trace.sessionId(), ID_LENGTH));
    to.texts("langfuse.trace.tags", trace.tags());
    to.text("langfuse.environment", environment(trace.environment()));
    to.text("langfuse.release", trace.release());
    to.text("langfuse.version", trace.version());
  }

  private static void observation(Observation observation, Attributes to) {
    to.text("langfuse.observation.type", observation.type());
    if (observation.level() != Event.Level.DEFAULT) {
      to.text("langfuse.observation.level", observation.level().name());
    }
    to.text("langfuse.observation.status_message", observation.statusMessage());
    to.text("langfuse.observation.input", observation.content().input());
    to.text("langfuse.observation.output", observation.content().output());
    for (Map.Entry<String, String> fact : observation.content().metadata().entrySet()) {
      to.metadata(fact.getKey(), fact.getValue());
    }
  }

  private static void model(Observation observation, Attributes to) {
    Observation.Model model = observation.model();
    to.text("langfuse.observation.model.name", model.name());
    to.text("langfuse.observation.model.parameters", model.parameters());
    to.text("langfuse.observation.usage_details", usage(model.usage()));
    to.text("langfuse.observation.cost_details", cost(model.cost()));
    if (model.firstTokenMicros() != 0) {
      Instant first = Instant.EPOCH.plus(model.firstTokenMicros(), ChronoUnit.MICROS);
      to.text("langfuse.observation.completion_start_time", first.toString());
    }
    Event.Prompt prompt = model.prompt();
    if (prompt != null && observation.type().equals("generation")) {
      to.text("langfuse.observation.prompt.name", prompt.name());
      to.whole("langfuse.observation.prompt.version", prompt.version());
    }
  }

  private static @Nullable String usage(Map<String, Long> usage) {
    JsonObject json = new JsonObject();
    usage.forEach(
        (bucket, tokens) -> {
          if (tokens >= 0) {
            json.number(bucket, Long.toString(tokens));
          }
        });
    return json.orNull();
  }

  /** Any key switches the server's own prices off, so it is sent only with a real number in it. */
  private static @Nullable String cost(Map<String, Double> cost) {
    JsonObject json = new JsonObject();
    cost.forEach(
        (bucket, dollars) -> {
          if (dollars >= 0 && !dollars.isInfinite()) {
            json.number(bucket, Double.toString(dollars));
          }
        });
    return json.orNull();
  }

  /** As Langfuse accepts it; any other name would read {@code default}. */
  private static @Nullable String environment(@Nullable String name) {
    if (name == null) {
      return null;
    }
    // Asked with every event, and nearly always right as it is.
    String plain =
        isPlain(name)
            ? name
            : NOT_IN_ENVIRONMENT.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("-");
    return plain.startsWith("langfuse") ? null : cut(plain, ENVIRONMENT_LENGTH);
  }

  private static boolean isPlain(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' && c != '-') {
        return false;
      }
    }
    return true;
  }

  private static @Nullable String cut(@Nullable String text, int length) {
    return text == null || text.length() <= length ? text : text.substring(0, length);
  }
}
