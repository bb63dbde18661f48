package io.sidetrace.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** {@code /v1/responses}. */
final class Responses implements Endpoint {

  @Override
  public JsonNode plain(Question question, Reply reply) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("id", "resp_" + reply.id()).put("object", "response");
    answer
        .put("created_at", Reply.CREATED)
        .put("status", "completed")
        .put("model", question.model());
    ObjectNode message = answer.putArray("output").addObject();
    message.put("id", itemId(reply)).put("type", "message");
    message.put("status", "completed").put("role", "assistant");
    ObjectNode part = message.putArray("content").addObject();
    part.put("type", "output_text").put("text", reply.text()).putArray("annotations");
    answer.put("parallel_tool_calls", true).put("tool_choice", "auto").putArray("tools");
    ObjectNode usage = answer.putObject("usage");
    usage.put("input_tokens", reply.usage().prompt());
    usage.putObject("input_tokens_details").put("cached_tokens", reply.usage().cached());
    usage.put("output_tokens", reply.usage().completion());
    usage.putObject("output_tokens_details").put("reasoning_tokens", reply.usage().reasoning());
    usage.put("total_tokens", reply.usage().total());
    return answer;
  }

  @Override
  public List<String> frames(Question question, Reply reply) {
    JsonNode whole = plain(question, reply);
    ObjectNode begun = whole.deepCopy();
    begun.put("status", "in_progress").putNull("usage").putArray("output");
    List<String> frames = new ArrayList<>();
    frames.add(frame("response.created", frames.size(), "response", begun));
    for (String token : reply.tokens()) {
      ObjectNode delta = event("response.output_text.delta", frames.size());
      delta.put("item_id", itemId(reply)).put("output_index", 0).put("content_index", 0);
      frames.add(frame(delta.put("delta", token)));
    }
    frames.add(frame("response.completed", frames.size(), "response", whole));
    return frames;
  }

  private static String itemId(Reply reply) {
    return "msg_" + reply.id();
  }

  private static ObjectNode event(String type, int sequence) {
    return JsonNodeFactory.instance.objectNode().put("type", type).put("sequence_number", sequence);
  }

  private static String frame(String type, int sequence, String key, JsonNode value) {
    return frame(event(type, sequence).<ObjectNode>set(key, value));
  }

  private static String frame(ObjectNode event) {
    return "event: " + event.get("type").asText() + "\ndata: " + event + "\n\n";
  }
}
