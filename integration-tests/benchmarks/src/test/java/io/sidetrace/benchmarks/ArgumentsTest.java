package io.sidetrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sidetrace.benchmarks.Arguments.What;
import io.sidetrace.benchmarks.app.Subject;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {

  @Test
  void parse_takesEachOption() {
    Arguments arguments =
        Arguments.parse(
            "clients", "--jdk=/jdk", "--subjects=none,redis", "--rate=50", "--libraries=OkHttp");

    assertThat(arguments.what()).isEqualTo(What.CLIENTS);
    assertThat(arguments.javaHome()).isEqualTo(Path.of("/jdk"));
    assertThat(arguments.subjects()).containsExactly(Subject.NONE, Subject.REDIS);
    assertThat(arguments.libraries()).containsExactly("okhttp");
    assertThat(arguments.daemonOptions()).isEmpty();
    assertThat(arguments.plan().perSecond()).isEqualTo(50);
  }

  @Test
  void parse_keepsWhatAnOptionOfDaemonsIsEqualTo() {
    assertThat(Arguments.parse("daemon", "--daemon-options=--config=a.yaml -v").daemonOptions())
        .containsExactly("--config=a.yaml", "-v");
  }

  @Test
  void plan_ofLibrariesWithoutARateIsAClosedLoop() {
    assertThat(Arguments.parse("servers", "--rate=0").plan().turn())
        .isEqualTo(Duration.ofMillis(180));
    assertThat(Arguments.parse("servers").plan().turn()).isEqualTo(Duration.ofMillis(400));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "quick",
        "short --rate",
        "short --rte=3",
        "short --rate=many",
        "long --rate=0"
      })
  void parse_tellsHowItIsUsed(String line) {
    assertThatThrownBy(() -> Arguments.parse(line.split(" ", -1))).hasMessage(Arguments.USAGE);
  }
}
