package io.sidetrace.llm;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an exchange with an LLM provider meant, in the terms of a Langfuse observation.
 *
 * @param protocol who spoke which language, such as {@code openai-chat}; {@code unknown} when no
 *     decoder knew it
 * @param type Langfuse's observation type in lower case: generation, embedding, retriever, span
 * @param operation what was asked for, such as {@code chat.completions}
 * @param requestModel model the caller named
 * @param model model that answered, as the response says; null when it does not
 * @param streaming the answer came as a stream
 * @param complete the answer was read to its proper end
 * @param input JSON or plain text
 * @param output JSON or plain text
 * @param choices the text of each choice, empty where a choice has none
 * @param toolCalls of all choices, in their order
 * @param finishReasons of all choices, in the provider's words
 * @param usage tokens in Langfuse's disjoint buckets; {@code total} as the provider told it
 * @param providerUsage the usage as reported, JSON text
 * @param cost in US dollars, only where the provider told it; by Langfuse's names
 * @param modelParameters JSON object text
 * @param error what the provider said went wrong
 * @param media base64 media in input and output
 * @param firstTokenMicros arrival of the first content, reasoning or tool call, in microseconds
 *     after the start of the call; null unless streamed and timed
 * @param responseId the provider's id of the answer
 * @param metadata other facts, values are JSON or plain text
 */
public record Generation(
    String protocol,
    String type,
    String operation,
    @Nullable String requestModel,
    @Nullable String model,
    boolean streaming,
    boolean complete,
    @Nullable String input,
    @Nullable String output,
    List<String> choices,
    List<ToolCall> toolCalls,
    List<String> finishReasons,
    Map<String, Long> usage,
    @Nullable String providerUsage,
    @Nullable Map<String, Double> cost,
    @Nullable String modelParameters,
    @Nullable Failure error,
    List<Media> media,
    @Nullable Long firstTokenMicros,
    @Nullable String responseId,
    Map<String, String> metadata) {

  /** A name for the observation, such as {@code chat.completions gpt-4o}. */
  public String name() {
    String named = requestModel != null ? requestModel : model;
    return named == null ? operation : operation + " " + named;
  }

  /** The answering model, else the one asked for: prices depend on what answered. */
  public @Nullable String effectiveModel() {
    return model != null ? model : requestModel;
  }
}
