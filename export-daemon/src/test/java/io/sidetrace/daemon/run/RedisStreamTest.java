package io.sidetrace.daemon.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.harness.Await;
import io.sidetrace.standin.langfuse.ReceivedSpan;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A daemon on a real Redis that is stopped, hung and flushed. */
class RedisStreamTest extends RedisStreamFixture {

  @Test
  void run_exportsFramesAndSingleEvents_andEmptiesTheStream() throws Exception {
    producer.add(frames(0, 50));
    producer.addTexts(
        "e",
        "{\"v\":1,\"kind\":\"exchange\",\"traceId\":\"0af7651916cd43dd8448eb211c80319c\","
            + "\"spanId\":\"b7ad6b7169203331\",\"name\":\"from Python\",\"service\":\"py\","
            + "\"startMicros\":1700000000000000,\"durationNanos\":5000000,"
            + "\"http\":{\"method\":\"POST\",\"url\":\"http://x/v1/chat/completions\",\"status\":200}}",
        "q",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
        "r",
        "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"Hello\"}}]}");

    try (Daemon daemon = start(options())) {
      awaitExported(daemon, 51);
      awaitEmptyStream();
    }

    ReceivedSpan single = span("chat.completions m");
    assertThat(single.resource()).containsEntry("service.name", "py");
    assertThat(single.attribute("langfuse.observation.output").toString()).contains("Hello");
  }

  @Test
  void run_buriesWhatItCannotRead_andGoesOn() throws Exception {
    producer.addTexts("x", "what is this");
    producer.addTexts("f", "no frames at all");
    producer.addTexts("e", "{\"v\":2}");
    producer.add(frames(0, 1));

    try (Daemon daemon = start(options())) {
      awaitExported(daemon, 1);
      Await.until("dead letters", LIMIT, () -> daemon.ledger().deadLettered() == 3);
      awaitEmptyStream();
    }
  }

  @Test
  void run_survivesTheDeathOfRedis() throws Exception {
    try (Daemon daemon = start(options())) {
      producer.add(frames(0, 10));
      awaitExported(daemon, 10);

      redis.program().kill();
      redis.restart();
      producer.add(frames(10, 20));

      Await.until("all", LIMIT, () -> distinct() == 20, () -> daemon.ledger().inWords());
      awaitEmptyStream();
    }
  }

  @Test
  void run_survivesARedisThatHangs() throws Exception {
    try (Daemon daemon = start(options())) {
      producer.add(frames(0, 10));
      awaitExported(daemon, 10);
      SourceLoop source = daemon.sources().get(0);

      redis.program().suspend();
      Await.until("trouble", LIMIT, () -> source.source().trouble() != null);
      redis.program().resume();
      producer.add(frames(10, 20));

      Await.until("all", LIMIT, () -> distinct() == 20, () -> daemon.ledger().inWords());
      awaitEmptyStream();
    }
  }

  @Test
  void run_makesItsGroupAgain_afterAFlush() throws Exception {
    try (Daemon daemon = start(options())) {
      producer.add(frames(0, 10));
      awaitExported(daemon, 10);

      redis.command("FLUSHALL");
      producer.add(frames(10, 20));

      awaitExported(daemon, 20);
    }
  }

  private ReceivedSpan span(String name) {
    List<ReceivedSpan> found =
        langfuse.spans().stream().filter(span -> span.name().equals(name)).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }
}
