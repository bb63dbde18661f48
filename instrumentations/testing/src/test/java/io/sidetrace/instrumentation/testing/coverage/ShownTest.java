package io.sidetrace.instrumentation.testing.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ShownTest {

  @Test
  void whatTheLibraryDoesNotHave_needsNoTest() {
    Shown shown = new Shown(Map.of(Limit.NO_TOOLS, "it knows none."));

    assertThat(shown.lines("row")).containsExactly("row\tSDK_TOOLS\tABSENT\tit knows none.");
  }

  @Test
  void whatItKeepsInPart_hasToBeShown() {
    Shown shown = new Shown(Map.of(Limit.NO_PATTERN, "the path names it."));
    assertThat(shown.lines("row")).isEmpty();

    shown.add(Behaviour.ROUTE, true);

    assertThat(shown.lines("row")).containsExactly("row\tROUTE\tWEAKER\tthe path names it.");
  }

  @Test
  void aBehaviourWithOneTestThatFailed_hasFailed() {
    Shown shown = new Shown(Map.of());

    shown.add(Behaviour.HOP, false);
    shown.add(Behaviour.HOP, true);

    assertThat(shown.lines("row")).containsExactly("row\tHOP\tFAILED\t");
  }
}
