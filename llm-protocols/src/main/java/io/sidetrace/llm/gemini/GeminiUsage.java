package io.sidetrace.llm.gemini;

import io.sidetrace.llm.spi.Draft;
import io.sidetrace.llm.spi.Json;
import io.sidetrace.llm.spi.Slice;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Gemini's token counts. The prompt's include the cached ones; thoughts stand beside the
 * candidates'; what tools brought back into the prompt is counted apart but is input all the same.
 */
final class GeminiUsage {
  private long prompt = -1;
  private long cached;
  private long toolPrompt;
  private long candidates = -1;
  private long thoughts;
  private long total = -1;
  private long audioIn;
  private long audioCached;
  private long audioOut;
  private @Nullable Slice reported;

  private GeminiUsage() {}

  /**
   * Reads {@code usageMetadata}.
   *
   * @return the usage so far: what was read if it counts anything, else {@code old}
   */
  static @Nullable GeminiUsage read(Json json, @Nullable GeminiUsage old) throws IOException {
    if (!json.isObject()) {
      json.skip();
      return old;
    }
    GeminiUsage usage = new GeminiUsage();
    int mark = json.mark();
    json.object();
    for (String name; (name = json.field()) != null; ) {
      usage.field(name, json);
    }
    usage.reported = json.sliceSince(mark);
    return usage.prompt >= 0 || usage.candidates >= 0 || usage.total >= 0 ? usage : old;
  }

  private void field(String name, Json json) throws IOException {
    switch (name) {
      case "promptTokenCount", "prompt_token_count" -> prompt = json.number(prompt);
      case "cachedContentTokenCount", "cached_content_token_count" -> cached = json.number(cached);
      case "toolUsePromptTokenCount", "tool_use_prompt_token_count" ->
          toolPrompt = json.number(toolPrompt);
      case "candidatesTokenCount", "candidates_token_count", "responseTokenCount" ->
          candidates = json.number(candidates);
      case "thoughtsTokenCount", "thoughts_token_count" -> thoughts = json.number(thoughts);
      case "totalTokenCount", "total_token_count" -> total = json.number(total);
      case "promptTokensDetails", "prompt_tokens_details" -> audioIn = audio(json);
      case "cacheTokensDetails", "cache_tokens_details" -> audioCached = audio(json);
      case "candidatesTokensDetails", "candidates_tokens_details" -> audioOut = audio(json);
      default -> {}
    }
  }

  /** {@code [{"modality": "AUDIO", "tokenCount": n}, …]} */
  private static long audio(Json json) throws IOException {
    long audio = 0;
    if (json.array()) {
      while (json.element()) {
        if (json.object()) {
          boolean isAudio = false;
          long count = 0;
          for (String name; (name = json.field()) != null; ) {
            switch (name) {
              case "modality" -> isAudio = "AUDIO".equals(json.text());
              case "tokenCount", "token_count" -> count = json.number(0);
              default -> {}
            }
          }
          audio += isAudio ? Math.max(0, count) : 0;
        }
      }
    }
    return audio;
  }

  void fill(Draft draft) {
    draft.providerUsage = reported == null ? null : reported.toString();
    // What tools brought may have been cached too, so the cached are a part of both together.
    long all = Math.max(0, prompt) + Math.max(0, toolPrompt);
    long cachedPart = Math.min(Math.max(0, cached), all);
    long audioPart = Math.min(Math.max(0, audioIn - audioCached), all - cachedPart);
    draft.usage("input", prompt < 0 && toolPrompt <= 0 ? -1 : all - cachedPart - audioPart);
    draft.detail("input_cached_tokens", cachedPart);
    draft.detail("input_audio_tokens", audioPart);
    draft.usage("output", candidates < 0 ? -1 : Math.max(0, candidates - audioOut));
    draft.detail("output_audio_tokens", audioOut);
    draft.detail("output_reasoning_tokens", thoughts);
    draft.usage("total", total);
  }
}
