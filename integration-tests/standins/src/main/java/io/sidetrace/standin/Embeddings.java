package io.sidetrace.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** {@code /v1/embeddings}: one vector of eight floats, whatever the input. */
final class Embeddings implements Endpoint {
  private static final int DIMENSIONS = 8;

  @Override
  public JsonNode plain(Question question, Reply reply) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("object", "list");
    ObjectNode vector = answer.putArray("data").addObject();
    vector.put("object", "embedding").put("index", 0);
    ArrayNode floats = vector.putArray("embedding");
    for (int i = 0; i < DIMENSIONS; i++) {
      floats.add((question.text().hashCode() >>> i & 0xff) / 256.0);
    }
    answer.put("model", question.model());
    ObjectNode usage = answer.putObject("usage");
    usage.put("prompt_tokens", question.promptTokens());
    usage.put("total_tokens", question.promptTokens());
    return answer;
  }

  @Override
  public List<String> frames(Question question, Reply reply) {
    throw new UnsupportedOperationException("embeddings do not stream");
  }
}
