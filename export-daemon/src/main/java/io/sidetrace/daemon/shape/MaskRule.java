package io.sidetrace.daemon.shape;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Replaces what matches a pattern in input, output, metadata and status message. */
public final class MaskRule implements ObservationRule {
  public static final String MASK = "[masked]";

  private final Pattern pattern;

  public MaskRule(Pattern pattern) {
    this.pattern = pattern;
  }

  @Override
  public Observation apply(Observation observation) {
    Observation.Content content = observation.content();
    Map<String, String> metadata = new LinkedHashMap<>(content.metadata());
    metadata.replaceAll((key, value) -> pattern.matcher(value).replaceAll(MASK));
    return observation
        .withContent(
            new Observation.Content(mask(content.input()), mask(content.output()), metadata))
        .withStatusMessage(mask(observation.statusMessage()));
  }

  private @Nullable String mask(@Nullable String text) {
    return text == null ? null : pattern.matcher(text).replaceAll(MASK);
  }
}
