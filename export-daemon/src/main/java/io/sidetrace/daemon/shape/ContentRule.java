package io.sidetrace.daemon.shape;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Masks or drops the content of some requests and of all calls in them: input, output, queries, and
 * what errors say. Model, usage, times and statuses stay. Where it is not known which request a
 * call belongs to, it applies: content that should not leave must not leave by chance.
 */
public record ContentRule(Criteria when, Action action) implements ObservationRule {

  /** What becomes of the content. */
  public enum Action {
    MASK,
    DROP
  }

  @Override
  public Observation apply(Observation observation, Subject subject) {
    if (!when.match(subject, true)) {
      return observation;
    }
    Observation.Content content = observation.content();
    Map<String, String> metadata = new LinkedHashMap<>(content.metadata());
    metadata.keySet().removeIf(key -> key.equals("error.stack"));
    // What an application tells in metadata is content; what names facts of the call is not.
    subject.event().metadata().keySet().forEach(metadata::remove);
    metadata.computeIfPresent("http.url", (key, url) -> url.split("\\?", 2)[0]);
    return observation
        .withContent(
            new Observation.Content(hide(content.input()), hide(content.output()), metadata))
        .withStatusMessage(hide(observation.statusMessage()));
  }

  private @Nullable String hide(@Nullable String text) {
    return text == null || action == Action.DROP ? null : MaskRule.MASK;
  }
}
