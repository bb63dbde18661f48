package io.sidetrace.benchmarks.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * One chat with a model as it goes over the wire: OpenAI chat completions.
 *
 * @param request JSON
 * @param chunks the response as it arrives: one piece if plain, server-sent events if streamed
 * @param streamed whether the response is a stream
 */
public record Conversation(byte[] request, List<byte[]> chunks, boolean streamed) {

  private static final String WORDS =
      "The quick answer is that a span is a span, and naïve bytes \\\"travel\\\" as they are; ";

  private static final String HEAD =
      "{\"id\":\"chatcmpl-B9MHDbslfkBeAs8l4bebGdFOJ6PeG\",\"object\":\"chat.completion%s\","
          + "\"created\":1741570283,\"model\":\"gpt-4o-mini-2024-07-18\",";

  private static final String USAGE =
      "{\"prompt_tokens\":420,\"completion_tokens\":180,\"total_tokens\":600,"
          + "\"prompt_tokens_details\":{\"cached_tokens\":128,\"audio_tokens\":0},"
          + "\"completion_tokens_details\":{\"reasoning_tokens\":0,\"audio_tokens\":0}}";

  /**
   * A plain exchange.
   *
   * @param requestBytes about how long the question is
   * @param responseBytes about how long the answer is
   */
  public static Conversation plain(int requestBytes, int responseBytes) {
    String body =
        HEAD.formatted("")
            + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\""
            + text(responseBytes - 600)
            + "\",\"refusal\":null,\"annotations\":[]},\"logprobs\":null,"
            + "\"finish_reason\":\"stop\"}],\"usage\":"
            + USAGE
            + ",\"service_tier\":\"default\",\"system_fingerprint\":\"fp_06737a9306\"}";
    return new Conversation(question(requestBytes, false), List.of(body.getBytes(UTF_8)), false);
  }

  /** A streamed exchange whose answer has {@code tokens} pieces, about 230 bytes each. */
  public static Conversation streamed(int requestBytes, int tokens) {
    List<byte[]> chunks = new ArrayList<>();
    String head = "data: " + HEAD.formatted(".chunk");
    for (int i = 0; i < tokens; i++) {
      chunks.add(
          (head
                  + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\" word"
                  + i
                  + "\"},\"logprobs\":null,\"finish_reason\":null}],\"usage\":null}\n\n")
              .getBytes(UTF_8));
    }
    chunks.add(
        (head
                + "\"choices\":[{\"index\":0,\"delta\":{},\"logprobs\":null,"
                + "\"finish_reason\":\"stop\"}],\"usage\":null}\n\n"
                + head
                + "\"choices\":[],\"usage\":"
                + USAGE
                + "}\n\ndata: [DONE]\n\n")
            .getBytes(UTF_8));
    return new Conversation(question(requestBytes, true), List.copyOf(chunks), true);
  }

  /** All chunks in one array. */
  public byte[] response() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    chunks.forEach(all::writeBytes);
    return all.toByteArray();
  }

  private static byte[] question(int bytes, boolean stream) {
    String json =
        "{\"messages\":[{\"content\":\"You are a helpful assistant.\",\"role\":\"system\"},"
            + "{\"content\":\""
            + text(bytes - 200)
            + "\",\"role\":\"user\"}],\"model\":\"gpt-4o-mini\",\"temperature\":0.2"
            + (stream ? ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}" : "}");
    return json.getBytes(UTF_8);
  }

  private static String text(int bytes) {
    return WORDS.repeat(Math.max(1, bytes / WORDS.length()));
  }
}
