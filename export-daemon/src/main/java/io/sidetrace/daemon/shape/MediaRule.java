package io.sidetrace.daemon.shape;

import io.sidetrace.llm.Media;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes base64 media out of inputs and outputs: it would bloat them, and could not be seen there.
 * What is left is a reference, or a placeholder with type and size.
 */
public final class MediaRule implements ObservationRule {
  private static final Pattern TYPE = Pattern.compile("[\\w.+-]{1,60}/[\\w.+-]{1,100}");

  private final boolean storing;
  private final int maxBytes;

  /**
   * @param storing false: placeholders only
   * @param maxBytes larger media is not stored
   */
  public MediaRule(boolean storing, int maxBytes) {
    this.storing = storing;
    this.maxBytes = maxBytes;
  }

  @Override
  public Observation apply(Observation observation, Subject subject) {
    Observation.Content content = observation.content();
    List<Media> found = Media.find(content.input(), content.output());
    if (found.isEmpty()) {
      return observation;
    }
    List<MediaPart> parts = new ArrayList<>();
    String input = replaced(content.input(), found, Media.Field.INPUT, parts);
    String output = replaced(content.output(), found, Media.Field.OUTPUT, parts);
    return observation.withContent(
        new Observation.Content(input, output, content.metadata(), parts));
  }

  private @Nullable String replaced(
      @Nullable String text, List<Media> found, Media.Field field, List<MediaPart> parts) {
    if (text == null) {
      return null;
    }
    StringBuilder out = new StringBuilder();
    int done = 0;
    for (Media media : found) {
      if (media.field() == field && media.start() >= done) {
        out.append(text, done, media.start()).append(instead(text, media, parts));
        done = media.end();
      }
    }
    return done == 0 ? text : out.append(text, done, text.length()).toString();
  }

  private String instead(String text, Media media, List<MediaPart> parts) {
    String type =
        TYPE.matcher(media.contentType()).matches()
            ? media.contentType()
            : "application/octet-stream";
    long bytes = (media.end() - media.base64Start()) * 3L / 4;
    if (!storing) {
      return MediaPart.placeholder(type, bytes, "");
    }
    if (bytes > maxBytes) {
      return MediaPart.placeholder(type, bytes, "too large to be stored");
    }
    try {
      byte[] decoded = MediaPart.decode(text.substring(media.base64Start(), media.end()));
      String field = media.field() == Media.Field.INPUT ? "input" : "output";
      MediaPart part = MediaPart.of(field, type, decoded);
      parts.add(part);
      return part.reference();
    } catch (IllegalArgumentException e) {
      return MediaPart.placeholder(type, bytes, "not decodable");
    }
  }
}
