package io.sidetrace.daemon.shape;

import io.sidetrace.event.Event;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What exporters send: one finished span in Langfuse's terms, whatever it was captured from.
 *
 * @param type Langfuse's observation type, lower case
 * @param statusMessage why the level is what it is
 */
public record Observation(
    Identity identity,
    String name,
    String type,
    Event.Level level,
    @Nullable String statusMessage,
    Content content,
    Model model,
    Trace trace) {

  /**
   * Which span, and when.
   *
   * @param appRoot true if the parent is a span that Langfuse does not know
   * @param startMicros since the epoch
   */
  public record Identity(
      String traceId,
      String spanId,
      @Nullable String parentSpanId,
      boolean appRoot,
      long startMicros,
      long durationNanos) {}

  /**
   * What went in and came out.
   *
   * @param input JSON or plain text
   * @param output JSON or plain text
   * @param metadata values are JSON or plain text
   * @param media what input and output refer to
   */
  public record Content(
      @Nullable String input,
      @Nullable String output,
      Map<String, String> metadata,
      List<MediaPart> media) {
    public static final Content NONE = new Content(null, null, Map.of());

    public Content(@Nullable String input, @Nullable String output, Map<String, String> metadata) {
      this(input, output, metadata, List.of());
    }
  }

  /**
   * What is known of the model's part; {@link #NONE} for spans without one.
   *
   * @param parameters a JSON object
   * @param usage tokens in disjoint buckets
   * @param cost US dollars, only as told by the provider
   * @param firstTokenMicros since the epoch; 0 if unknown
   */
  public record Model(
      @Nullable String name,
      @Nullable String parameters,
      Map<String, Long> usage,
      Map<String, Double> cost,
      long firstTokenMicros,
      Event.@Nullable Prompt prompt) {
    public static final Model NONE = new Model(null, null, Map.of(), Map.of(), 0, null);
  }

  /**
   * What every span of a trace repeats, since Langfuse inherits nothing.
   *
   * @param name the trace's name; null where only the root knows it
   */
  public record Trace(
      @Nullable String name,
      @Nullable String userId,
      @Nullable String sessionId,
      List<String> tags,
      String service,
      String instance,
      @Nullable String environment,
      @Nullable String release,
      @Nullable String version) {}

  public Observation withContent(Content changed) {
    return new Observation(identity, name, type, level, statusMessage, changed, model, trace);
  }

  public Observation withStatusMessage(@Nullable String changed) {
    return new Observation(identity, name, type, level, changed, content, model, trace);
  }

  /** True if input or output holds the text. */
  public boolean tells(String text) {
    return (content.input() != null && content.input().contains(text))
        || (content.output() != null && content.output().contains(text));
  }

  /** With a text in input and output replaced by another. */
  public Observation replacing(String text, String with) {
    String input = content.input();
    String output = content.output();
    return withContent(
        new Content(
            input == null ? null : input.replace(text, with),
            output == null ? null : output.replace(text, with),
            content.metadata(),
            content.media()));
  }

  /** Roughly the bytes it takes on the wire: texts counted as one byte a character. */
  public int estimatedBytes() {
    int metadata = 0;
    for (Map.Entry<String, String> entry : content.metadata().entrySet()) {
      metadata += 64 + entry.getKey().length() + entry.getValue().length();
    }
    return 512 + length(content.input()) + length(content.output()) + metadata;
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }
}
