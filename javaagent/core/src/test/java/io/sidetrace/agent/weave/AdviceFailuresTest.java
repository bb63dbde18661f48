package io.sidetrace.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sidetrace.sample.Fragile;
import io.sidetrace.sample.Repeating;
import io.sidetrace.sample.Seen;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdviceFailuresTest {

  private final Fragile fragile = new Fragile();

  @BeforeAll
  static void weave() {
    Samples.weave();
  }

  @BeforeEach
  void forget() {
    Seen.take();
  }

  @Test
  void aFailingEnter_givesExitNoToken() {
    assertThat(fragile.enter("v")).isEqualTo("v!");
    assertThat(Seen.take()).containsExactly("exit null");
    assertThat(Samples.failuresOf("fragile-enter").kinds())
        .containsExactly(
            "io.sidetrace.sample.advice.FailingAdvice.enter: java.lang.IllegalStateException");
  }

  @Test
  void aFailingExit_leavesTheResult_andRunsOnce() {
    assertThat(fragile.exit("v")).isEqualTo("v!");
    assertThat(Seen.take()).containsExactly("exit token");
    assertThat(Samples.failuresOf("fragile-exit").count()).isEqualTo(1);
  }

  @Test
  void aFailingReplace_leavesTheArgument() {
    assertThat(fragile.replace("v")).isEqualTo("v!");
    assertThat(Samples.failuresOf("fragile-replace").count()).isEqualTo(1);
  }

  @Test
  void adviceThatCannotBeLinked_isAFailure() {
    assertThat(fragile.missingAdvice("v")).isEqualTo("v!");
    assertThat(fragile.tooManyParameters("v")).isEqualTo("v!");
    assertThat(Seen.take()).containsExactly("exit null", "exit null");
    assertThat(Samples.failuresOf("fragile-missingAdvice").kinds())
        .containsExactly(
            "io.sidetrace.sample.advice.FailingAdvice.thereIsNone: java.lang.NoSuchMethodException");
    assertThat(Samples.failuresOf("fragile-tooManyParameters").count()).isEqualTo(1);
  }

  @Test
  void aStackOverflowInAdvice_staysThere() {
    assertThat(fragile.overflowing("v")).isEqualTo("v!");
    assertThat(Samples.failuresOf("fragile-overflowing").count()).isEqualTo(1);
  }

  @Test
  void theApplicationsException_outlivesFailingAdvice() {
    assertThatThrownBy(fragile::throwing)
        .isExactlyInstanceOf(UnsupportedOperationException.class)
        .hasMessage("the application's own")
        .hasNoSuppressedExceptions();
  }

  @Test
  void repeatedFailures_switchTheInstrumentationOff_butForItsExit() {
    var repeating = new Repeating();
    AdviceFailures failures = Samples.failuresOf("repeating");

    for (int i = 0; i < 20; i++) {
      assertThat(repeating.work("v")).isEqualTo("v");
    }

    assertThat(failures.isSwitchedOff()).isTrue();
    assertThat(failures.count()).isEqualTo(AdviceFailures.SWITCH_OFF_AFTER);
    assertThat(Seen.take()).hasSize(20).containsOnly("exit null");
    assertThat(Samples.WARNINGS.stream().filter(line -> line.contains("repeating")))
        .hasSize(3)
        .last()
        .asString()
        .startsWith("switched instrumentation repeating off after 10 failures");
  }

  @Test
  void anInstrumentationThatIsOff_weavesNothing() {
    assertThat(Samples.DEBUG).contains("instrumentation off is switched off");
  }
}
