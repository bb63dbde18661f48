package io.sidetrace.agent.pipeline;

import static io.sidetrace.agent.pipeline.Eventually.assertThatEventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.agent.config.AgentConfig;
import io.sidetrace.event.Event;
import io.sidetrace.event.Frame;
import io.sidetrace.event.Slice;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WithoutContentTest {
  private static final String SECRET = "my heart aches";

  @TempDir Path root;

  @Test
  void noMessageReachesTheDiskButModelAndUsageDo() throws Exception {
    AgentConfig config =
        AgentConfig.read("content=off,spool=" + root, Map.of(), Map.of(), new ArrayList<>());
    LogLines lines = new LogLines();

    try (Pipeline pipeline = Pipeline.start(config, Frames.ORIGIN, lines.log())) {
      pipeline.queue().offer(new FinishedFrame(chat()));
      // Its end would wait for less than reading the first exchange takes on a busy machine.
      assertThatEventually(() -> assertThat(pipeline.counts().queued()).isZero());
    }

    assertThat(config.serverBodyBytes()).isZero();
    List<Path> segments = Spooled.segments(root, ".sdt");
    assertThat(Files.readString(segments.get(0), StandardCharsets.ISO_8859_1))
        .doesNotContain("heart")
        .contains("gpt-4o");
    Event event = Spooled.closed(root).get(0);
    assertThat(event.kind()).isEqualTo(Event.Kind.SPAN);
    assertThat(event.name()).isEqualTo("chat.completions gpt-4o");
    assertThat(event.type()).isEqualTo("generation");
    assertThat(event.model()).isEqualTo("gpt-4o-2024-08-06");
    assertThat(event.usage()).containsEntry("input", 9L).containsEntry("output", 2L);
    assertThat(event.error()).isEqualTo(new Event.Failure("java.io.IOException", null, null));
    assertThat(event.requestSize().truncated()).isTrue();
    assertThat(event.parentSpanId()).isEqualTo("00f067aa0ba902b7");
    assertThat(event.startMicros()).isEqualTo(1_700_000_000_000_000L);
  }

  private static Frame chat() {
    Slice request =
        Slice.ofUtf8(
            "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\""
                + SECRET
                + "\"}]}");
    Slice response =
        Slice.ofUtf8(
            "{\"model\":\"gpt-4o-2024-08-06\",\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\""
                + SECRET
                + "\"}}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2,\"total_tokens\":11}}");
    Event event =
        Event.builder(Event.Kind.EXCHANGE, Frames.ORIGIN)
            .ids("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", "00f067aa0ba902b7")
            .name("POST api.openai.com")
            .times(1_700_000_000_000_000L, 5)
            .http(
                new Event.Http(
                    "POST",
                    "https://api.openai.com/v1/chat/completions",
                    null,
                    200,
                    "okhttp",
                    "application/json",
                    "application/json",
                    null,
                    null))
            .error(new Event.Failure("java.io.IOException", SECRET, "at x: " + SECRET))
            .sizes(
                new Event.BodySize(request.length(), false, false),
                new Event.BodySize(response.length(), false, false))
            .build();
    return new Frame(event, request, response);
  }
}
