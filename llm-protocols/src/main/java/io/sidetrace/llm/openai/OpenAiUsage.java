package io.sidetrace.llm.openai;

import io.sidetrace.llm.spi.Draft;
import io.sidetrace.llm.spi.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's token counts, in both of its vocabularies, and what its imitators add.
 *
 * <p>OpenAI counts cached and audio tokens into the prompt, reasoning and audio tokens into the
 * completion; Langfuse wants them apart. Prediction tokens stay in the output: they are priced so.
 */
public final class OpenAiUsage {
  /** xAI counts cost in ticks: ten billion to the dollar. */
  private static final double TICKS_PER_DOLLAR = 1e10;

  private long prompt = -1;
  private long completion = -1;
  private long total = -1;
  private long cached = -1;
  private long cacheWrite = -1;
  private long audioIn = -1;
  private long reasoning = -1;
  private long audioOut = -1;
  private @Nullable Map<String, Double> cost;

  private OpenAiUsage() {}

  /** Reads a {@code usage} object; null and other kinds change nothing. The last one counts. */
  public static void read(Json json, Draft draft) throws IOException {
    if (!json.isObject()) {
      json.skip();
      return;
    }
    OpenAiUsage usage = new OpenAiUsage();
    int mark = json.mark();
    json.object();
    for (String name; (name = json.field()) != null; ) {
      usage.field(name, json);
    }
    draft.providerUsage = json.rawSince(mark);
    usage.fill(draft);
  }

  /** Reads the usage of what has no output, such as embeddings. */
  public static void readInputOnly(Json json, Draft draft) throws IOException {
    read(json, draft);
    draft.usage().remove("output", 0L);
    // Voyage and Jina tell the total alone.
    Long total = draft.usage().get("total");
    if (total != null && !draft.usage().containsKey("input")) {
      draft.usage("input", total);
    }
  }

  private void field(String name, Json json) throws IOException {
    switch (name) {
      case "prompt_tokens", "input_tokens" -> prompt = json.number(prompt);
      case "completion_tokens", "output_tokens" -> completion = json.number(completion);
      case "total_tokens" -> total = json.number(total);
      case "prompt_tokens_details", "input_tokens_details" -> inputDetails(json);
      case "completion_tokens_details", "output_tokens_details" -> outputDetails(json);
      // DeepSeek; Moonshot; Anthropic's names behind LiteLLM
      case "prompt_cache_hit_tokens", "cached_tokens", "num_cached_tokens" -> cached(json);
      case "cache_creation_input_tokens" -> cacheWrite = Math.max(cacheWrite, json.number(-1));
      case "reasoning_tokens" -> reasoning = Math.max(reasoning, json.number(-1));
      case "cost", "total_cost", "estimated_cost" -> cost(json);
      case "cost_in_usd_ticks" -> cost("total", json.decimal(Double.NaN) / TICKS_PER_DOLLAR);
      default -> {}
    }
  }

  private void cached(Json json) throws IOException {
    cached = Math.max(cached, json.number(-1));
  }

  private void inputDetails(Json json) throws IOException {
    if (json.object()) {
      for (String name; (name = json.field()) != null; ) {
        switch (name) {
          case "cached_tokens" -> cached(json);
          case "cache_write_tokens", "cache_creation_tokens" ->
              cacheWrite = Math.max(cacheWrite, json.number(-1));
          case "audio_tokens" -> audioIn = json.number(-1);
          default -> {}
        }
      }
    }
  }

  private void outputDetails(Json json) throws IOException {
    if (json.object()) {
      for (String name; (name = json.field()) != null; ) {
        switch (name) {
          case "reasoning_tokens" -> reasoning = Math.max(reasoning, json.number(-1));
          case "audio_tokens" -> audioOut = json.number(-1);
          default -> {}
        }
      }
    }
  }

  /** A number (OpenRouter), or Perplexity's parts. */
  private void cost(Json json) throws IOException {
    if (!json.isObject()) {
      cost("total", json.decimal(Double.NaN));
      return;
    }
    json.object();
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "input_tokens_cost" -> cost("input", json.decimal(Double.NaN));
        case "output_tokens_cost" -> cost("output", json.decimal(Double.NaN));
        case "total_cost" -> cost("total", json.decimal(Double.NaN));
        default -> {}
      }
    }
  }

  private void cost(String name, double dollars) {
    if (Double.isFinite(dollars) && dollars >= 0) {
      cost = cost == null ? new LinkedHashMap<>() : cost;
      cost.put(name, dollars);
    }
  }

  private void fill(Draft draft) {
    draft.usage().clear();
    // xAI counts reasoning beside the completion, which shows in its total. Vercel's gateway does
    // so
    // for Gemini, which shows when it is more than the completion, by more than a recount explains.
    boolean reasoningApart =
        reasoning > 0
            && ((total >= 0 && total == prompt + completion + reasoning)
                || (completion >= 0 && reasoning > completion + completion / 8 + 2));
    long rest = prompt;
    long cachedPart = part(cached, rest);
    rest = without(rest, cachedPart);
    long writtenPart = part(cacheWrite, rest);
    rest = without(rest, writtenPart);
    long audioPart = part(audioIn, rest);
    draft.usage("input", without(rest, audioPart));
    draft.detail("input_cached_tokens", cachedPart);
    draft.detail("input_cache_creation", writtenPart);
    draft.detail("input_audio_tokens", audioPart);
    long thoughts = reasoningApart ? reasoning : part(reasoning, completion);
    rest = reasoningApart ? completion : without(completion, thoughts);
    audioPart = part(audioOut, rest);
    draft.usage("output", without(rest, audioPart));
    draft.detail("output_reasoning_tokens", thoughts);
    draft.detail("output_audio_tokens", audioPart);
    draft.usage("total", total);
    if (cost != null) {
      draft.cost = cost;
    }
  }

  /**
   * A part of {@code whole}, where that is known. OpenRouter has been seen to count the same tokens
   * as read from the cache and as written to it: the buckets must not add up to more than there is.
   */
  private static long part(long tokens, long whole) {
    return whole < 0 ? tokens : Math.min(Math.max(0, tokens), whole);
  }

  private static long without(long whole, long part) {
    return whole < 0 ? -1 : whole - Math.max(0, part);
  }
}
