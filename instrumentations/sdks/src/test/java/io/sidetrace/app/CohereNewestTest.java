package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.cohere.api.AsyncCohere;
import com.cohere.api.Cohere;
import com.cohere.api.core.ObjectMappers;
import com.cohere.api.resources.v2.requests.V2ChatStreamRequest;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.SdkTest;
import io.sidetrace.instrumentation.testing.coverage.Behaviour;
import io.sidetrace.instrumentation.testing.coverage.Covers;
import io.sidetrace.instrumentation.testing.coverage.Library;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What Cohere's SDK can do since 1.9. */
class CohereNewestTest extends SdkTest {

  @Override
  public Library library() {
    return Library.of("cohere-java", AsyncCohere.class);
  }

  @Test
  @Covers(Behaviour.SDK_STREAM)
  void stream() throws Exception {
    V2ChatStreamRequest ask =
        V2ChatStreamRequest.builder().model("command-r").messages(List.of(CohereTest.HI)).build();

    Frame frame =
        once(
            "okhttp",
            stream("cohere.sse", "text/event-stream"),
            () -> {
              List<String> parts = new ArrayList<>();
              Cohere.builder()
                  .token("k")
                  .url(server.uri("").toString())
                  .build()
                  .v2()
                  .chatStream(ask)
                  .forEach(part -> parts.add(ObjectMappers.stringify(part)));
              return parts;
            });

    assertThat(frame.response().toBytes()).isEqualTo(reply("cohere.sse"));
  }

  @Test
  @Covers(Behaviour.SDK_ASYNC)
  void oneAfterTheOther() throws Exception {
    AsyncCohere cohere = AsyncCohere.builder().token("k").url(server.uri("").toString()).build();

    List<Frame> frames =
        exchanges(
            2,
            "okhttp",
            json("cohere.json"),
            () ->
                cohere
                    .v2()
                    .chat(CohereTest.ASK)
                    .thenCompose(answer -> cohere.v2().chat(CohereTest.ASK))
                    .get(20, TimeUnit.SECONDS)
                    .getMessage()
                    .toString());

    assertThat(frames.get(1).response().toBytes()).isEqualTo(reply("cohere.json"));
  }
}
