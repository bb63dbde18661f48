package io.sidetrace.llm.openai;

import io.sidetrace.llm.spi.ByIndex;
import io.sidetrace.llm.spi.Choice;
import io.sidetrace.llm.spi.Draft;
import io.sidetrace.llm.spi.Failures;
import io.sidetrace.llm.spi.Json;
import io.sidetrace.llm.spi.JsonText;
import io.sidetrace.llm.spi.Reading;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads chat completions and, since they differ in a field, legacy completions. */
public final class ChatReading implements Reading {
  private final Draft draft;
  private final boolean textFirst;
  private final ByIndex<Message> messages;
  private @Nullable String asked;
  private @Nullable String prompt;
  private @Nullable String tools;
  private @Nullable String functions;
  private @Nullable String fingerprint;
  private @Nullable String tier;

  /** More than one choice was asked for or seen. */
  private boolean several;

  public ChatReading(Draft draft) {
    this(draft, false);
  }

  /**
   * A reading of chat, or of legacy completions.
   *
   * @param textFirst a choice is a text, whatever stands beside it
   */
  ChatReading(Draft draft, boolean textFirst) {
    this.textFirst = textFirst;
    this.draft = draft;
    this.messages = new ByIndex<>(i -> new Message(draft, draft.choice(i)));
  }

  @Override
  public void request(Json json) throws IOException {
    if (!json.object()) {
      return;
    }
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "model" -> draft.requestModel = json.textOr(draft.requestModel);
        case "messages" -> asked = json.rawOrNull();
        case "prompt", "suffix" -> prompt(name, json);
        case "tools" -> tools = json.rawOrNull();
        case "functions" -> functions = json.rawOrNull();
        case "stream" -> draft.wantsStream = json.flag();
        case "stream_options" -> json.skip();
        case "user" -> draft.metadata("user", json.text());
        case "metadata" -> draft.metadata("metadata", json.rawOrNull());
        case "n", "best_of" -> {
          several |= json.isNumberAbove(1);
          draft.parameter(name, json);
        }
        default -> draft.parameter(name, json);
      }
    }
    draft.input = input();
  }

  private void prompt(String name, Json json) throws IOException {
    if (name.equals("suffix")) {
      draft.parameter(name, json);
    } else {
      prompt = json.textOrRaw();
    }
  }

  private @Nullable String input() {
    if (asked == null) {
      return prompt;
    }
    if (tools == null && functions == null) {
      return asked;
    }
    return new JsonText(asked.length() + 64)
        .open('{')
        .raw("messages", asked)
        .raw("tools", tools)
        .raw("functions", functions)
        .close('}')
        .toString();
  }

  @Override
  public void response(Json json) throws IOException {
    answer(json, false);
  }

  @Override
  public void event(String name, Json json) throws IOException {
    answer(json, true);
  }

  private void answer(Json json, boolean delta) throws IOException {
    if (!json.object()) {
      return;
    }
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "id" -> draft.responseId = told(json, delta, draft.responseId);
        case "model" -> draft.model = told(json, delta, draft.model);
        case "choices" -> choices(json, delta);
        case "usage" -> OpenAiUsage.read(json, draft);
        case "x_groq" -> groq(json);
        case "system_fingerprint" -> fingerprint = told(json, delta, fingerprint);
        case "service_tier" -> tier = told(json, delta, tier);
        case "prompt_filter_results", "citations", "search_results", "provider" ->
            draft.metadata(name, json.textOrRaw());
        case "error" -> fail(json);
        default -> {}
      }
    }
  }

  /** Every event of a stream repeats these; of a document's duplicate keys, the last counts. */
  private static @Nullable String told(Json json, boolean delta, @Nullable String old)
      throws IOException {
    return delta ? json.textUnless(old) : json.textOr(old);
  }

  private void fail(Json json) throws IOException {
    if (!json.isNull()) {
      draft.error = Failures.read(json);
    }
  }

  /** Groq puts a stream's usage, and errors, into an object of its own. */
  private void groq(Json json) throws IOException {
    if (json.object()) {
      for (String name; (name = json.field()) != null; ) {
        switch (name) {
          case "usage" -> OpenAiUsage.read(json, draft);
          case "error" -> fail(json);
          default -> {}
        }
      }
    }
  }

  private void choices(Json json, boolean delta) throws IOException {
    if (json.array()) {
      for (int position = 0; json.element(); position++) {
        choice(json, delta, position);
      }
    }
  }

  private void choice(Json json, boolean delta, int position) throws IOException {
    if (!json.object()) {
      return;
    }
    // Together sends a text beside the delta, Perplexity the message so far: one of them counts.
    String best = textFirst ? "text" : delta ? "delta" : "message";
    int index = -1;
    String kind = null;
    boolean read = false;
    int from = -1;
    int to = -1;
    String finish = null;
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "index" -> index = (int) json.number(position);
        case "message", "delta", "text" -> {
          if (name.equals(best) && (index >= 0 || !several)) {
            read = true;
            message(index < 0 ? position : index).read(name, json, delta);
          } else if (!best.equals(kind) && !json.isNull()) {
            // Azure sorts its keys: whose delta this is stands after it.
            kind = name;
            from = json.mark();
            to = json.end();
          }
        }
        // stop_reason: Bedrock's Mistral and DeepSeek; vLLM has it beside finish_reason
        case "finish_reason" -> finish = json.textOr(finish);
        case "stop_reason" -> finish = finish == null && json.isString() ? json.text() : finish;
        case "usage" -> OpenAiUsage.read(json, draft);
        case "error" -> fail(json);
        default -> {}
      }
    }
    several |= index > 0;
    Message message = message(index < 0 ? position : index);
    message.choice.finish = finish != null ? finish : message.choice.finish;
    if (!read && kind != null) {
      Json again = json.again(from, to);
      again.nextRoot();
      message.read(kind, again, delta);
    }
  }

  private Message message(int index) {
    return messages.at(index);
  }

  @Override
  public void finish() {
    boolean all = draft.choiceCount() > 0;
    for (Choice choice : draft.choices()) {
      all &= choice.finish != null;
    }
    draft.ended |= all;
    draft.output = output();
    draft.metadata("system_fingerprint", fingerprint);
    if (tier != null) {
      // What answered decides the price, so the answer's tier replaces the one asked for.
      draft.parameters().put("service_tier", JsonText.quote(tier));
    }
  }

  private @Nullable String output() {
    if (messages.size() == 0) {
      return null;
    }
    if (messages.size() == 1) {
      return messages.values().iterator().next().json();
    }
    JsonText all = new JsonText().open('[');
    messages.values().forEach(message -> all.rawElement(message.jsonElement()));
    return all.close(']').toString();
  }
}
