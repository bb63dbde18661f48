package io.sidetrace.daemon.shape;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shortens texts that are too long for Langfuse, see {@link TextCut}. Metadata and status message
 * get a sixteenth of the room of input and output.
 */
public final class CutRule implements ObservationRule {
  private static final int METADATA_SHARE = 16;

  private final TextCut content;
  private final TextCut metadata;

  /**
   * @param maxBytes of one field, in UTF-8
   */
  public CutRule(int maxBytes) {
    this.content = new TextCut(maxBytes);
    this.metadata = new TextCut(Math.max(1024, maxBytes / METADATA_SHARE));
  }

  @Override
  public Observation apply(Observation observation, Subject subject) {
    if (fits(observation)) {
      return observation;
    }
    Observation.Content before = observation.content();
    Map<String, String> facts = new LinkedHashMap<>(before.metadata());
    facts.replaceAll((key, value) -> metadata.cut(value));
    return observation
        .withContent(
            new Observation.Content(
                cut(content, before.input()), cut(content, before.output()), facts, before.media()))
        .withStatusMessage(cut(metadata, observation.statusMessage()));
  }

  private boolean fits(Observation observation) {
    Observation.Content texts = observation.content();
    for (String value : texts.metadata().values()) {
      if (!metadata.fits(value)) {
        return false;
      }
    }
    return content.fits(texts.input())
        && content.fits(texts.output())
        && metadata.fits(observation.statusMessage());
  }

  private static @Nullable String cut(TextCut cut, @Nullable String text) {
    return text == null ? null : cut.cut(text);
  }
}
