package io.sidetrace.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sidetrace.standin.OpenAiStandIn;
import io.sidetrace.standin.StandInOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HarnessTest {
  @TempDir Path directory;

  @Test
  void program_saysWhatItSaidWhenItEndsWithoutTheLine() {
    try (Program echo =
        Program.start(
            "echo", directory.resolve("log"), Map.of("A", "b"), List.of("sh", "-c", "echo a $A"))) {
      assertThat(echo.await(Pattern.compile("a (.)"), Duration.ofSeconds(5)).group(1))
          .isEqualTo("b");
      assertThatThrownBy(() -> echo.await(Pattern.compile("never"), Duration.ofSeconds(5)))
          .hasMessageContaining("echo ended without saying never")
          .hasMessageContaining("a b");
    }
  }

  @Test
  void redis_keepsWhatItTookThroughAKill() {
    try (RedisProcess redis = RedisProcess.start(directory)) {
      redis.command("XADD", "s", "*", "k", "v");

      redis.program().kill();
      redis.restart();

      assertThat(redis.command("XLEN", "s")).isEqualTo("1");
    }
  }

  @Test
  void load_sendsEachKindInTurnAndCountsEveryAnswer() {
    try (OpenAiStandIn openAi = OpenAiStandIn.start(StandInOptions.defaults())) {
      URI url = URI.create(openAi.baseUrl() + "/chat/completions/");

      Load load = Load.start("t", url, 200, 2);
      Await.until("6 answers", Duration.ofSeconds(10), () -> load.answered() >= 6);
      List<Answer> answers = load.finish();

      assertThat(answers)
          .filteredOn(a -> a.requestId().equals("t-0"))
          .singleElement()
          .matches(Answer::isOk)
          .matches(a -> a.ask().kind() == Ask.Kind.PLAIN);
      assertThat(answers)
          .filteredOn(a -> a.requestId().equals("t-1"))
          .singleElement()
          .matches(a -> a.status() == 404);
      assertThat(load.latency().getTotalCount())
          .isEqualTo(answers.stream().filter(Answer::isOk).count());
    }
  }
}
