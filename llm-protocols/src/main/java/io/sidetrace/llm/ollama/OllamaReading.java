package io.sidetrace.llm.ollama;

import io.sidetrace.llm.spi.Call;
import io.sidetrace.llm.spi.Choice;
import io.sidetrace.llm.spi.Draft;
import io.sidetrace.llm.spi.Failures;
import io.sidetrace.llm.spi.Json;
import io.sidetrace.llm.spi.JsonText;
import io.sidetrace.llm.spi.Prompt;
import io.sidetrace.llm.spi.Reading;
import io.sidetrace.llm.spi.Vectors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads Ollama's answers; each line of a stream has the form of a whole answer. */
final class OllamaReading implements Reading {
  private final Draft draft;
  private final Vectors vectors = new Vectors();
  private final StringBuilder thinking = new StringBuilder();
  private final List<String> calls = new ArrayList<>();
  private final Map<String, String> reported = new LinkedHashMap<>();
  private long input = -1;
  private long output = -1;
  private boolean isMessage;
  private boolean isText;
  private @Nullable String images;

  OllamaReading(Draft draft) {
    this.draft = draft;
  }

  @Override
  public void request(Json json) throws IOException {
    if (!json.object()) {
      return;
    }
    Prompt chat = new Prompt();
    Map<String, String> generate = new LinkedHashMap<>();
    String prompt = null;
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "model" -> draft.requestModel = json.textOr(draft.requestModel);
        case "messages" -> chat.messages = json.rawOrNull();
        case "tools" -> chat.tools = json.rawOrNull();
        case "prompt" -> {
          prompt = json.isString() ? json.text() : null;
          generate.put(name, prompt == null ? json.raw() : JsonText.quote(prompt));
        }
        case "input" -> draft.input = json.textOrRaw();
        case "system", "suffix", "images" -> {
          String raw = json.raw();
          if (!raw.equals("\"\"") && !raw.equals("[]") && !raw.equals("null")) {
            generate.put(name, raw);
          }
        }
        case "stream" -> draft.wantsStream = json.isNull() || json.flag();
        case "options" -> draft.parameters(json);
        case "context" -> json.skip();
        default -> parameter(name, json);
      }
    }
    if (chat.messages != null) {
      draft.input = chat.json();
    } else if (prompt != null) {
      draft.input = generate.size() == 1 ? prompt : JsonText.object(generate);
    }
  }

  /** Clients send every field, empty where unused. */
  private void parameter(String name, Json json) throws IOException {
    if (!json.isString() || !"".equals(json.text())) {
      draft.parameter(name, json);
    }
  }

  @Override
  public void response(Json json) throws IOException {
    answer(json);
  }

  @Override
  public void event(String name, Json json) throws IOException {
    answer(json);
  }

  private void answer(Json json) throws IOException {
    if (!json.object()) {
      return;
    }
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "model" -> draft.model = json.textOr(draft.model);
        case "message" -> message(json);
        case "response" -> {
          isText = true;
          seen(json.appendTo(draft.choice(0).text));
        }
        case "thinking" -> seen(json.appendTo(thinking));
        case "done" -> draft.ended |= json.flag();
        case "done_reason" -> draft.choice(0).finish = json.textOr(draft.choice(0).finish);
        case "prompt_eval_count" -> input = count(name, json, input);
        case "eval_count" -> output = count(name, json, output);
        case "total_duration", "load_duration", "prompt_eval_duration", "eval_duration" ->
            draft.metadata(name, json.text());
        case "embedding", "embeddings" ->
            draft.output = vectors.read(json, draft.options.wholeEmbeddings());
        case "error" -> draft.error = Failures.read(json);
        default -> {}
      }
    }
  }

  private long count(String name, Json json, long old) throws IOException {
    if (!json.isNumber()) {
      json.skip();
      return old;
    }
    reported.put(name, json.raw());
    return json.number(old);
  }

  private void seen(int characters) {
    draft.contentSeen |= characters > 0;
  }

  private void message(Json json) throws IOException {
    if (!json.object()) {
      return;
    }
    isMessage = true;
    Choice choice = draft.choice(0);
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "content" -> seen(json.appendTo(choice.text));
        case "thinking" -> seen(json.appendTo(thinking));
        case "images" -> images = json.rawOrNull();
        case "tool_calls" -> {
          if (json.array()) {
            while (json.element()) {
              toolCall(json, choice);
            }
          }
        }
        default -> {}
      }
    }
  }

  /** {@code {"function": {"name", "arguments": object}}} */
  private void toolCall(Json json, Choice choice) throws IOException {
    if (!json.isObject()) {
      json.skip();
      return;
    }
    Call call = choice.call();
    int mark = json.mark();
    json.object();
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "id" -> call.id = json.text();
        case "function" -> function(json, call);
        default -> {}
      }
    }
    calls.add(json.rawSince(mark));
    draft.contentSeen = true;
  }

  private static void function(Json json, Call call) throws IOException {
    if (json.object()) {
      for (String name; (name = json.field()) != null; ) {
        switch (name) {
          case "name" -> {
            String told = json.text();
            call.name = told == null ? "" : told;
          }
          case "arguments" -> {
            String arguments = json.textOrRaw();
            call.arguments.append(arguments == null ? "{}" : arguments);
          }
          default -> {}
        }
      }
    }
  }

  @Override
  public void finish() {
    if (!reported.isEmpty()) {
      draft.providerUsage = JsonText.object(reported);
      draft.usage("input", input);
      draft.usage("output", output);
    }
    if (draft.type.equals("embedding")) {
      draft.ended = true;
    } else if (isMessage) {
      JsonText json = new JsonText().open('{').field("role", "assistant");
      json.field("content", draft.choice(0).text);
      json.field("thinking", thinking.length() == 0 ? null : thinking).raw("images", images);
      if (!calls.isEmpty()) {
        json.raw("tool_calls", "[" + String.join(",", calls) + "]");
      }
      draft.output = json.close('}').toString();
    } else if (isText) {
      String text = draft.choice(0).text.toString();
      draft.output =
          thinking.length() == 0
              ? text
              : new JsonText()
                  .open('{')
                  .field("response", text)
                  .field("thinking", thinking)
                  .close('}')
                  .toString();
    }
  }
}
