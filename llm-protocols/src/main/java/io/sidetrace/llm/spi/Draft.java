package io.sidetrace.llm.spi;

import io.sidetrace.llm.DecodeOptions;
import io.sidetrace.llm.Failure;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A generation while it is read. Decoders fill the fields they know and leave the others; for one
 * exchange, on one thread.
 */
public final class Draft {
  /** More than this of one request field is no parameter a person would look at. */
  private static final int MAX_PARAMETER_CHARS = 64 * 1024;

  public final DecodeOptions options;

  public String protocol = "unknown";

  /** Langfuse's observation type in lower case. */
  public String type = "generation";

  public String operation = "";
  public @Nullable String requestModel;
  public @Nullable String model;
  public @Nullable String responseId;

  /** The request asks for a stream. */
  public boolean wantsStream;

  /** The provider's own mark of the end was read: a finish reason, {@code [DONE]}, a stop event. */
  public boolean ended;

  /** Content, reasoning or a tool call was read; the engine takes the time and resets it. */
  public boolean contentSeen;

  public @Nullable String input;
  public @Nullable String output;

  /** Usage as reported, JSON text. */
  public @Nullable String providerUsage;

  public @Nullable Map<String, Double> cost;
  public @Nullable Failure error;

  private final ByIndex<Choice> choices = new ByIndex<>(i -> new Choice());
  private final Map<String, String> parameters = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final Map<String, Long> usage = new LinkedHashMap<>();

  public Draft(DecodeOptions options) {
    this.options = options;
  }

  /** The choice with this index, made when it is new. */
  public Choice choice(int index) {
    return choices.at(index);
  }

  public Iterable<Choice> choices() {
    return choices.values();
  }

  public int choiceCount() {
    return choices.size();
  }

  /** Keeps the value this stands on as a model parameter; nothing for null. */
  public void parameter(String name, Json json) throws IOException {
    String raw = json.rawOrNull();
    if (raw != null && raw.length() <= MAX_PARAMETER_CHARS) {
      parameters.put(name, raw);
    }
  }

  /** Keeps each field of the object this stands on as a model parameter. */
  public void parameters(Json json) throws IOException {
    if (json.object()) {
      for (String name; (name = json.field()) != null; ) {
        parameter(name, json);
      }
    }
  }

  /** Model parameters as JSON texts by their names. */
  public Map<String, String> parameters() {
    return parameters;
  }

  /** Keeps a fact beside the others; nothing for null and the empty string. */
  public void metadata(String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      metadata.put(name, value);
    }
  }

  public Map<String, String> metadata() {
    return metadata;
  }

  /** Sets a usage bucket; negative means not reported. */
  public void usage(String bucket, long tokens) {
    if (tokens >= 0) {
      usage.put(bucket, tokens);
    }
  }

  /** Sets a usage bucket that is only worth naming when something is in it. */
  public void detail(String bucket, long tokens) {
    if (tokens > 0) {
      usage.put(bucket, tokens);
    }
  }

  /**
   * Sets the buckets of what was written to a cache. What is kept for an hour costs more than what
   * is kept for five minutes, and has a bucket of its own.
   *
   * @param all negative when not reported
   * @param oneHour the part of {@code all} that is kept for an hour
   */
  public void cacheWrites(long all, long oneHour) {
    long part = Math.min(Math.max(0, oneHour), Math.max(0, all));
    detail("cache_creation_input_tokens", all - part);
    detail("input_cache_creation_1h", part);
  }

  public Map<String, Long> usage() {
    return usage;
  }
}
