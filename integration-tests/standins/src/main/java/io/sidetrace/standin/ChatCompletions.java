package io.sidetrace.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /v1/chat/completions}. */
final class ChatCompletions implements Endpoint {

  @Override
  public JsonNode plain(Question question, Reply reply) {
    ObjectNode answer = head(question, reply, "chat.completion");
    ObjectNode choice = answer.putArray("choices").addObject();
    choice.put("index", 0);
    ObjectNode message = choice.putObject("message");
    message.put("role", "assistant").put("content", reply.text()).putNull("refusal");
    choice.putNull("logprobs").put("finish_reason", "stop");
    answer.set("usage", usage(reply.usage()));
    return answer;
  }

  @Override
  public List<String> frames(Question question, Reply reply) {
    List<String> frames = new ArrayList<>();
    ObjectNode role = JsonNodeFactory.instance.objectNode();
    role.put("role", "assistant").put("content", "").putNull("refusal");
    frames.add(chunk(question, reply, role, null));
    for (String token : reply.tokens()) {
      ObjectNode delta = JsonNodeFactory.instance.objectNode().put("content", token);
      frames.add(chunk(question, reply, delta, null));
    }
    frames.add(chunk(question, reply, JsonNodeFactory.instance.objectNode(), "stop"));
    if (question.includeUsage()) {
      ObjectNode last = head(question, reply, "chat.completion.chunk");
      last.putArray("choices");
      last.set("usage", usage(reply.usage()));
      frames.add(frame(last));
    }
    frames.add("data: [DONE]\n\n");
    return frames;
  }

  private static String chunk(
      Question question, Reply reply, ObjectNode delta, @Nullable String finish) {
    ObjectNode chunk = head(question, reply, "chat.completion.chunk");
    ObjectNode choice = chunk.putArray("choices").addObject();
    choice.put("index", 0);
    choice.set("delta", delta);
    choice.putNull("logprobs").put("finish_reason", finish);
    if (question.includeUsage()) {
      chunk.putNull("usage");
    }
    return frame(chunk);
  }

  private static ObjectNode head(Question question, Reply reply, String object) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", "chatcmpl-" + reply.id())
        .put("object", object)
        .put("created", Reply.CREATED)
        .put("model", question.model())
        .put("service_tier", "default")
        .put("system_fingerprint", "fp_standin");
  }

  private static ObjectNode usage(Reply.Usage usage) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("prompt_tokens", usage.prompt());
    node.put("completion_tokens", usage.completion());
    node.put("total_tokens", usage.total());
    node.putObject("prompt_tokens_details").put("cached_tokens", usage.cached());
    node.putObject("completion_tokens_details").put("reasoning_tokens", usage.reasoning());
    return node;
  }

  private static String frame(ObjectNode data) {
    return "data: " + data + "\n\n";
  }
}
