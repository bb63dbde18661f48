package io.sidetrace.daemon.shape;

import io.sidetrace.daemon.shape.mask.TextMask;
import io.sidetrace.event.Event;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Masks every text of an observation: what it says, what it is called, who it is of. Only ids,
 * times, the type and the level are left alone. Where masking fails the text does not leave.
 */
public final class MaskRule implements ObservationRule {
  public static final String MASK = TextMask.MASKED;
  public static final String FAILED = "<masking failed>";

  private static final Logger log = LoggerFactory.getLogger(MaskRule.class);

  private final TextMask mask;
  private final RuleCounts counts;

  public MaskRule(TextMask mask, RuleCounts counts) {
    this.mask = mask;
    this.counts = counts;
  }

  @Override
  public Observation apply(Observation observation, Subject subject) {
    Observation.Content content = observation.content();
    return new Observation(
        observation.identity(),
        named(observation.name()),
        observation.type(),
        observation.level(),
        text(observation.statusMessage()),
        new Observation.Content(
            guarded(content.input(), mask::content),
            guarded(content.output(), mask::content),
            metadata(content.metadata()),
            content.media()),
        model(observation.model()),
        trace(observation.trace()));
  }

  private Map<String, String> metadata(Map<String, String> metadata) {
    Map<String, String> masked = new LinkedHashMap<>();
    metadata.forEach((key, value) -> masked.put(named(key), named(value)));
    return masked;
  }

  private Observation.Model model(Observation.Model model) {
    String parameters = text(model.parameters());
    Event.Prompt prompt = model.prompt();
    return new Observation.Model(
        text(model.name()),
        FAILED.equals(parameters) ? "{\"parameters\":\"" + FAILED + "\"}" : parameters,
        model.usage(),
        model.cost(),
        model.firstTokenMicros(),
        prompt == null ? null : new Event.Prompt(named(prompt.name()), prompt.version()));
  }

  private Observation.Trace trace(Observation.Trace trace) {
    List<String> tags = trace.tags();
    return new Observation.Trace(
        text(trace.name()),
        text(trace.userId()),
        text(trace.sessionId()),
        tags.isEmpty() ? tags : tags.stream().map(this::named).toList(),
        named(trace.service()),
        named(trace.instance()),
        text(trace.environment()),
        text(trace.release()),
        text(trace.version()));
  }

  private @Nullable String text(@Nullable String text) {
    return text == null ? null : named(text);
  }

  private String named(String text) {
    String masked = guarded(text, mask::text);
    return masked == null ? FAILED : masked;
  }

  private @Nullable String guarded(@Nullable String text, UnaryOperator<String> masking) {
    try {
      return text == null ? null : masking.apply(text);
    } catch (RuntimeException | StackOverflowError e) {
      // Without the exception's message: it may hold the text.
      log.warn("masking failed, the text is left out: {}", e.getClass().getName());
      counts.maskFailed();
      return FAILED;
    }
  }
}
