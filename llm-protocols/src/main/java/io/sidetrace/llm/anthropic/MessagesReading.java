package io.sidetrace.llm.anthropic;

import io.sidetrace.llm.spi.Draft;
import io.sidetrace.llm.spi.Failures;
import io.sidetrace.llm.spi.Json;
import io.sidetrace.llm.spi.Prompt;
import io.sidetrace.llm.spi.Reading;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads Anthropic's Messages and, for old Bedrock models, its text completions. */
public final class MessagesReading implements Reading, Blocks.Others {
  private final Draft draft;
  private final Blocks blocks;
  private final AnthropicUsage usage = new AnthropicUsage();
  private @Nullable String content;
  private boolean completion;

  public MessagesReading(Draft draft) {
    this.draft = draft;
    this.blocks = new Blocks(draft);
  }

  @Override
  public void request(Json json) throws IOException {
    if (!json.object()) {
      return;
    }
    Prompt prompt = new Prompt();
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "model" -> draft.requestModel = json.textOr(draft.requestModel);
        case "messages" -> prompt.messages = json.rawOrNull();
        case "system" -> prompt.system = json.rawOrNull();
        case "tools" -> prompt.tools = json.rawOrNull();
        case "prompt" -> draft.input = json.textOrRaw();
        case "stream" -> draft.wantsStream = json.flag();
        case "metadata" -> draft.metadata("metadata", json.rawOrNull());
        case "anthropic_version" -> json.skip();
        default -> draft.parameter(name, json);
      }
    }
    String chat = prompt.json();
    draft.input = chat != null ? chat : draft.input;
  }

  @Override
  public void response(Json json) throws IOException {
    message(json, true);
  }

  /** A whole message, or the beginning of one that a stream will fill. */
  private void message(Json json, boolean whole) throws IOException {
    if (!json.object()) {
      return;
    }
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "id" -> draft.responseId = json.textOr(draft.responseId);
        case "model" -> draft.model = json.textOr(draft.model);
        case "content" -> content(json, whole);
        case "usage" -> usage.read(json);
        case "error" -> draft.error = Failures.read(json);
        case "container", "context_management" -> draft.metadata(name, json.rawOrNull());
        default -> field(name, json);
      }
    }
  }

  /** Reads what belongs to the message, wherever in an event it stands. */
  @Override
  public void field(String name, Json json) throws IOException {
    switch (name) {
      case "stop_reason" -> draft.choice(0).finish = json.textOr(draft.choice(0).finish);
      case "stop_sequence", "stop" -> draft.metadata("stop_sequence", json.text());
      case "completion" -> {
        completion = true;
        draft.contentSeen |= json.appendTo(draft.choice(0).text) > 0;
      }
      case "amazon-bedrock-invocationMetrics" -> usage.readInvocationMetrics(json);
      case "amazon-bedrock-guardrailAction" -> draft.metadata(name, json.text());
      default -> {}
    }
  }

  private void content(Json json, boolean whole) throws IOException {
    if (!json.isArray()) {
      json.skip();
      return;
    }
    int mark = json.mark();
    json.array();
    for (int i = 0; json.element(); i++) {
      blocks.start(i, json, whole);
    }
    if (whole) {
      content = json.rawSince(mark);
    }
  }

  @Override
  public void event(String eventName, Json json) throws IOException {
    if (!json.isObject()) {
      return;
    }
    // The type may stand behind what it explains, but the names inside are enough. So may the
    // index, which a message's own delta does not have.
    int index = -1;
    int from = -1;
    int to = -1;
    boolean starts = false;
    json.object();
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "type" -> draft.ended |= "message_stop".equals(json.word());
        case "index" -> index = (int) json.number(0);
        case "message" -> message(json, false);
        case "content_block", "delta" -> {
          starts = name.equals("content_block");
          if (index >= 0) {
            block(index, starts, json);
          } else {
            from = json.mark();
            to = json.end();
          }
        }
        case "usage" -> usage.read(json);
        case "error" -> draft.error = Failures.read(json);
        case "context_management" -> draft.metadata(name, json.rawOrNull());
        default -> field(name, json);
      }
    }
    if (from >= 0) {
      Json inner = json.again(from, to);
      inner.nextRoot();
      block(0, starts, inner);
    }
  }

  private void block(int index, boolean starts, Json json) throws IOException {
    if (starts) {
      blocks.start(index, json, false);
    } else {
      blocks.delta(index, json, this);
    }
  }

  @Override
  public void finish() {
    usage.fill(draft);
    if (completion) {
      draft.output = draft.choice(0).text.toString();
      draft.ended |= draft.choice(0).finish != null;
      return;
    }
    blocks.joinTexts();
    String all = content != null ? content : blocks.json();
    if (all != null) {
      draft.choice(0);
      draft.output = "{\"role\":\"assistant\",\"content\":" + all + "}";
    }
  }
}
