package io.sidetrace.daemon.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.daemon.FakeAgent;
import io.sidetrace.daemon.Options;
import io.sidetrace.event.Event;
import io.sidetrace.event.Frame;
import io.sidetrace.event.Slice;
import io.sidetrace.harness.Await;
import io.sidetrace.standin.langfuse.LangfuseStandIn;
import io.sidetrace.standin.langfuse.ReceivedSpan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Media on its way from a call's bytes to Langfuse's media store. */
class MediaTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Pattern REFERENCE =
      Pattern.compile(
          "@@@langfuseMedia:type=image/png\\|id=([\\w-]{22})\\|source=base64_data_uri@@@");

  @TempDir Path folder;
  private LangfuseStandIn langfuse;
  private FakeAgent agent;

  @BeforeEach
  void start() throws Exception {
    langfuse = LangfuseStandIn.start();
    agent = new FakeAgent(folder.resolve("spool"), "demo-1");
  }

  @AfterEach
  void stop() throws Exception {
    agent.close();
    langfuse.close();
    assertThat(langfuse.problems()).isEmpty();
  }

  @Test
  void media_isStoredOnce_andReferredToByEachCall() throws Exception {
    byte[] image = image(1, 3000);
    agent.close(call(1, image), call(2, image), call(3, image(2, 500)));

    List<String> inputs = run(options().build(), 3);

    for (int i = 0; i < 3; i++) {
      Matcher reference = REFERENCE.matcher(inputs.get(i));
      assertThat(reference.find()).as(inputs.get(i)).isTrue();
      assertThat(langfuse.media().stored().get(reference.group(1)))
          .isEqualTo(i < 2 ? image : image(2, 500));
      assertThat(inputs.get(i)).doesNotContain("base64,").contains("what is this?");
    }
    assertThat(langfuse.media().puts()).isEqualTo(2);
    assertThat(langfuse.media().ties())
        .extracting(tie -> tie.path("traceId").asText())
        .containsExactlyInAnyOrder(
            "%032x".formatted(2), "%032x".formatted(3), "%032x".formatted(4));
    assertThat(langfuse.media().ties().get(0).path("field").asText()).isEqualTo("input");
  }

  @Test
  void media_leavesItsTypeAndSize_whenItIsTooLarge() throws Exception {
    agent.close(call(1, image(1, 5000)));

    List<String> inputs = run(options().with("media-max-bytes", "4000").build(), 1);

    assertThat(inputs.get(0)).contains("[image/png, 5001 bytes, too large to be stored]");
    assertThat(langfuse.media().ties()).isEmpty();
  }

  @Test
  void media_leavesItsTypeAndSize_whenItShallNotBeStored() throws Exception {
    agent.close(call(1, image(1, 300)));

    List<String> inputs = run(options().with("media-upload", "false").build(), 1);

    assertThat(inputs.get(0)).contains("[image/png, 300 bytes]");
  }

  @Test
  void media_leavesItsTypeAndSize_whenTheStorageFails() throws Exception {
    langfuse.media().answerBytes(500);
    agent.close(call(1, image(1, 300)), call(2, image(1, 300)), call(3, image(2, 300)));

    List<String> inputs = run(options().build(), 3);

    assertThat(inputs)
        .allMatch(input -> input.contains("[image/png, 300 bytes, not stored]"))
        .allMatch(input -> !input.contains("langfuseMedia"));
  }

  @Test
  void media_leavesItsTypeAndSize_whenItIsRefused() throws Exception {
    langfuse.media().answerAnnouncements(400);
    agent.close(call(1, image(1, 300)));

    assertThat(run(options().build(), 1).get(0)).contains("[image/png, 300 bytes, not stored]");
  }

  @Test
  void media_isNotStored_whenItsContentMayNotLeave() throws Exception {
    agent.close(call(1, image(1, 300)));

    run(options().withFile("mask: {deny: [$..image_url]}"), 1);

    assertThat(langfuse.media().ties()).isEmpty();
    assertThat(langfuse.media().puts()).isZero();
  }

  private Options options() {
    return Options.in(folder).to(langfuse);
  }

  private List<String> run(DaemonOptions options, int spans) throws Exception {
    try (Daemon daemon = Daemon.start(options)) {
      Await.until(
          spans + " spans",
          LIMIT,
          () -> daemon.ledger().exported() == spans,
          () -> daemon.ledger().inWords());
    }
    return langfuse.spans().stream()
        .map((ReceivedSpan span) -> String.valueOf(span.attribute("langfuse.observation.input")))
        .toList();
  }

  private static byte[] image(int seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    System.arraycopy(png, 0, bytes, 0, png.length);
    return bytes;
  }

  private static Frame call(int number, byte[] image) {
    String request =
        "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\","
            + "\"text\":\"what is this?\"},{\"type\":\"image_url\",\"image_url\":{\"url\":"
            + "\"data:image/png;base64,"
            + Base64.getEncoder().encodeToString(image)
            + "\"}}]}]}";
    String answer =
        "{\"model\":\"gpt-4o\",\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"a"
            + " cat\"},\"finish_reason\":\"stop\"}]}";
    Event event =
        FakeAgent.event(Event.Kind.EXCHANGE, number)
            .http(
                new Event.Http(
                    "POST",
                    "https://api.openai.com/v1/chat/completions",
                    null,
                    200,
                    "java.net.http",
                    "application/json",
                    "application/json",
                    null,
                    null))
            .build();
    return new Frame(event, Slice.ofUtf8(request), Slice.ofUtf8(answer));
  }
}
