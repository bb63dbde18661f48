package io.sidetrace.llm.jmh;

import io.sidetrace.llm.Exchange;
import java.util.Map;

/** Exchanges of the sizes that services have: a question, an answer of 2 KB, streams of 200. */
final class BenchmarkExchanges {
  private static final String CHAT = "https://api.openai.com/v1/chat/completions";
  private static final String QUESTION =
      "\"model\":\"gpt-4o\",\"temperature\":0.2,\"max_tokens\":800,\"messages\":[{\"role\":\"system\","
          + "\"content\":\"You answer questions about orders, briefly and politely.\"},"
          + "{\"role\":\"user\",\"content\":\"Where is my order 4711, and when will it arrive?\"}]";

  private static final String TEXT =
      "Your order 4711 left our store on Monday and will arrive today. ".repeat(25);
  private static final String GEMINI =
      "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash";
  private static final String ASKED =
      "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Where is my order 4711?\"}]}],"
          + "\"generationConfig\":{\"temperature\":0.2}}";

  /** By their names in {@link DecodeBenchmark}. */
  static final Map<String, Exchange> ALL =
      Map.of(
          "answer", answer(),
          "stream", stream(),
          "messages", messages(),
          "messages-stream", messagesStream(),
          "gemini", gemini(),
          "gemini-stream", geminiStream(),
          "responses-stream", responsesStream());

  private BenchmarkExchanges() {}

  private static Exchange messages() {
    return exchange(
        "https://api.anthropic.com/v1/messages",
        "{" + QUESTION + "}",
        "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-sonnet-4\","
            + "\"content\":[{\"type\":\"text\",\"text\":\""
            + TEXT
            + "\"}],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,\"usage\":{\"input_tokens\":60,"
            + "\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":0,\"cache_creation\":"
            + "{\"ephemeral_5m_input_tokens\":0,\"ephemeral_1h_input_tokens\":0},"
            + "\"output_tokens\":400,\"service_tier\":\"standard\"}}",
        "application/json");
  }

  private static Exchange gemini() {
    return exchange(
        GEMINI + ":generateContent",
        ASKED,
        "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\""
            + TEXT
            + "\"}],\"role\":\"model\"},\"finishReason\":\"STOP\",\"index\":0}],\"usageMetadata\":"
            + "{\"promptTokenCount\":60,\"candidatesTokenCount\":400,\"totalTokenCount\":460,"
            + "\"promptTokensDetails\":[{\"modality\":\"TEXT\",\"tokenCount\":60}]},"
            + "\"modelVersion\":\"gemini-2.5-flash\",\"responseId\":\"r1\"}",
        "application/json");
  }

  private static Exchange responsesStream() {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      body.append("event: response.output_text.delta\ndata: {\"type\":");
      body.append("\"response.output_text.delta\",\"sequence_number\":").append(i);
      body.append(
          ",\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,\"delta\":\" word");
      body.append(i).append("\",\"logprobs\":[],\"obfuscation\":\"bjGBsIELG\"}\n\n");
    }
    body.append("event: response.completed\ndata: {\"type\":\"response.completed\",\"response\":");
    body.append("{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"completed\",\"model\":");
    body.append(
        "\"gpt-4o-2024-08-06\",\"output\":[{\"type\":\"message\",\"id\":\"msg_1\",\"content\":");
    body.append("[{\"type\":\"output_text\",\"text\":\"").append(TEXT).append("\"}]}],\"usage\":");
    body.append("{\"input_tokens\":60,\"output_tokens\":400,\"total_tokens\":460}}}\n\n");
    return exchange(
        "https://api.openai.com/v1/responses",
        "{\"model\":\"gpt-4o\",\"input\":\"Where is my order 4711?\",\"stream\":true}",
        body.toString(),
        "text/event-stream");
  }

  private static Exchange answer() {
    return exchange(
        CHAT,
        "{" + QUESTION + "}",
        "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1764500142,"
            + "\"model\":\"gpt-4o-2024-08-06\",\"choices\":[{\"index\":0,\"message\":"
            + "{\"role\":\"assistant\",\"content\":\""
            + TEXT
            + "\",\"refusal\":null,\"annotations\":[]},\"logprobs\":null,\"finish_reason\":\"stop\"}],"
            + "\"usage\":{\"prompt_tokens\":60,\"completion_tokens\":400,\"total_tokens\":460,"
            + "\"prompt_tokens_details\":{\"cached_tokens\":0,\"audio_tokens\":0},"
            + "\"completion_tokens_details\":{\"reasoning_tokens\":0,\"audio_tokens\":0,"
            + "\"accepted_prediction_tokens\":0,\"rejected_prediction_tokens\":0}},"
            + "\"service_tier\":\"default\",\"system_fingerprint\":\"fp_b547601dbd\"}",
        "application/json");
  }

  private static Exchange stream() {
    String head =
        "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1764500142,"
            + "\"model\":\"gpt-4o-2024-08-06\",\"service_tier\":\"default\","
            + "\"system_fingerprint\":\"fp_b547601dbd\",\"choices\":[{\"index\":0,\"delta\":";
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      body.append(head).append("{\"content\":\" word").append(i).append("\"},\"logprobs\":null,");
      body.append("\"finish_reason\":").append(i == 199 ? "\"stop\"" : "null").append("}],");
      body.append("\"usage\":null,\"obfuscation\":\"bjGBsIELG\"}\n\n");
    }
    body.append("data: [DONE]\n\n");
    return exchange(
        CHAT, "{" + QUESTION + ",\"stream\":true}", body.toString(), "text/event-stream");
  }

  private static Exchange messagesStream() {
    StringBuilder body = new StringBuilder("event: message_start\ndata: {\"type\":");
    body.append("\"message_start\",\"message\":{\"id\":\"msg_1\",\"model\":\"claude-sonnet-4\",");
    body.append("\"usage\":{\"input_tokens\":60,\"output_tokens\":1}}}\n\n");
    for (int i = 0; i < 200; i++) {
      body.append(
          "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,");
      body.append("\"delta\":{\"type\":\"text_delta\",\"text\":\" word")
          .append(i)
          .append("\"}}\n\n");
    }
    body.append(
        "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":");
    body.append("\"end_turn\"},\"usage\":{\"output_tokens\":400}}\n\n");
    body.append("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
    return exchange(
        "https://api.anthropic.com/v1/messages",
        "{" + QUESTION + ",\"stream\":true}",
        body.toString(),
        "text/event-stream");
  }

  private static Exchange geminiStream() {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      body.append("data: {\"candidates\": [{\"content\": {\"parts\": [{\"text\": \" word")
          .append(i);
      body.append("\"}],\"role\": \"model\"},\"index\": 0");
      body.append(i == 199 ? ",\"finishReason\": \"STOP\"" : "").append("}],\"usageMetadata\": ");
      body.append("{\"promptTokenCount\": 60,\"candidatesTokenCount\": ").append(i + 1);
      body.append(",\"totalTokenCount\": ").append(61 + i);
      body.append("},\"modelVersion\": \"gemini-2.5-flash\",\"responseId\": \"r1\"}\n\n");
    }
    return exchange(
        GEMINI + ":streamGenerateContent?alt=sse", ASKED, body.toString(), "text/event-stream");
  }

  private static Exchange exchange(String url, String request, String response, String type) {
    return Exchange.to(url)
        .request(DecodeBenchmark.bytes(request), "application/json", null)
        .response(DecodeBenchmark.bytes(response), type, null)
        .build();
  }
}
