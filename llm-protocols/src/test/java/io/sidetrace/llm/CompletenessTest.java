package io.sidetrace.llm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CompletenessTest {
  private static final String HELLO =
      "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hello\"},\"finish_reason\":null}]}\n\n";
  private static final String STOP =
      "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";

  @Test
  void stream_closedAfterItsEndIsComplete() {
    assertThat(decodeClosedEarly(HELLO + STOP + "data: [DONE]\n\n").complete()).isTrue();
  }

  @Test
  void stream_closedBeforeItsEndIsIncomplete() {
    assertThat(decodeClosedEarly(HELLO).complete()).isFalse();
  }

  private static Generation decodeClosedEarly(String response) {
    byte[] request = "{\"model\":\"m\",\"stream\":true,\"messages\":[]}".getBytes(UTF_8);
    return Protocols.decode(
        Exchange.to("https://api.openai.com/v1/chat/completions")
            .request(request, "application/json", null)
            .response(response.getBytes(UTF_8), "text/event-stream", null)
            .finished(false)
            .build());
  }
}
