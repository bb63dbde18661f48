package io.sidetrace.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import io.sidetrace.sample.Replaced;
import io.sidetrace.sample.Seen;
import io.sidetrace.sample.Shapes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.StringTokenizer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WeavingTest {

  private final Shapes shapes = new Shapes();

  @BeforeAll
  static void weave() {
    Samples.weave();
  }

  @BeforeEach
  void forget() {
    Seen.take();
  }

  @Test
  void results_stayAsTheyAre_ofEveryType() {
    assertThat(shapes.aBoolean(true)).isFalse();
    assertThat(shapes.aByte(Byte.MAX_VALUE)).isEqualTo(Byte.MIN_VALUE);
    assertThat(shapes.aChar('a')).isEqualTo('b');
    assertThat(shapes.aShort((short) -2)).isEqualTo((short) -1);
    assertThat(shapes.anInt(41)).isEqualTo(42);
    assertThat(shapes.aLong(1L << 40)).isEqualTo((1L << 40) + 1);
    assertThat(shapes.aFloat(0.5f)).isEqualTo(1.5f);
    assertThat(shapes.aDouble(0.25)).isEqualTo(1.25);
    assertThat(shapes.aString("hi")).isEqualTo("hi!");
    assertThat(shapes.anArray(new int[][] {{1}, {2}})).isDeepEqualTo(new int[][] {{1}, {2}});
    assertThat(Seen.take())
        .hasSize(20)
        .contains("enter true", "exit token false null", "enter hi", "exit token hi! null");
  }

  @Test
  void aVoidMethod_isEnteredAndLeft() {
    shapes.nothing();

    assertThat(Seen.take()).containsExactly("enter", "exit token null");
  }

  @Test
  void longsAndDoubles_reachAdviceOfAStaticMethod() {
    long sum = Shapes.wide(1L << 33, 2.5, 3);

    assertThat(sum).isEqualTo((1L << 33) + 5);
    assertThat(Seen.take()).containsExactly("enter 8589934592 2.5 3", "exit token 8589934597 null");
  }

  @Test
  void generics_keepTheirType() {
    assertThat(shapes.larger("a", "b")).isEqualTo("b");
    assertThat(Seen.take()).containsExactly("enter a", "exit token b null");
  }

  @Test
  void aLoopToTheFirstInstruction_entersOnce() {
    assertThat(Shapes.countDown(3)).isZero();
    assertThat(Seen.take()).containsExactly("enter", "exit token 0 null");
  }

  @Test
  void everyReturn_isAnExit() {
    assertThat(shapes.manyReturns(2)).isEqualTo(4);
    assertThat(shapes.manyReturns(100)).isEqualTo(114);
    assertThat(Seen.take())
        .containsExactly("enter 2", "exit token 4 null", "enter 100", "exit token 114 null");
  }

  @Test
  void aFinallyBlock_runsOnceBeforeTheExit() {
    var log = new ArrayList<String>();

    assertThat(shapes.tryFinally(log, false)).isEqualTo("done");
    assertThatThrownBy(() -> shapes.tryFinally(log, true)).hasMessage("asked to");

    assertThat(log).containsExactly("finally", "finally");
    assertThat(Seen.take())
        .containsExactly(
            "enter []",
            "exit token done null",
            "enter [finally]",
            "exit token null java.lang.IllegalStateException: asked to");
  }

  @Test
  void locks_areReleased() throws InterruptedException {
    assertThat(shapes.locked(1)).isEqualTo(2);
    assertThat(shapes.lockedMethod(1)).isEqualTo(2);
    assertThatThrownBy(() -> shapes.locked(-1)).hasMessage("negative");

    var other = new Thread(() -> shapes.locked(5));
    other.start();
    other.join(5_000);
    assertThat(other.isAlive()).isFalse();
    assertThat(Thread.holdsLock(shapes)).isFalse();
  }

  @Test
  void recursion_nests() {
    assertThat(shapes.factorial(3)).isEqualTo(6);
    assertThat(Seen.take())
        .containsExactly(
            "enter 3",
            "enter 2",
            "enter 1",
            "exit token 1 null",
            "exit token 2 null",
            "exit token 6 null");
  }

  @Test
  void anException_passesAsItIs_andExitSeesIt() {
    assertThatThrownBy(() -> shapes.fails("no"))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("no")
        .hasNoSuppressedExceptions();
    assertThatThrownBy(() -> shapes.failsWithLong(7)).hasMessage("no 7");
    assertThat(Seen.take())
        .containsExactly(
            "enter no",
            "exit token java.io.IOException: no",
            "enter 7",
            "exit token 0 java.lang.IllegalStateException: no 7");
  }

  @Test
  void aVoidExit_leavesTheResult_andWorksWithoutEnter() {
    String value = "value";

    assertThat(shapes.onlyObserved(value)).isSameAs(value);
    assertThat(Seen.take()).containsExactly("exit null value");
  }

  @Test
  void twoRulesForOneMethod_nest() {
    assertThat(shapes.twice("v")).isEqualTo("v");
    assertThat(Seen.take())
        .containsExactly("enter v", "enter outer", "exit outer v null", "exit token v null");
  }

  @Test
  void anArgument_isWhatAdviceReturns() {
    assertThat(new Replaced().text(1, "two", 3)).isEqualTo("1<token:two>3");
    assertThat(Replaced.number(41)).isEqualTo(42);
  }

  @Test
  void aResult_isWhatAdviceReturns() {
    assertThat(new Replaced().result("value")).isEqualTo("[value]");
    assertThat(new Replaced().intResult(21)).isEqualTo(42);
  }

  @Test
  void aReplacementOfAnotherType_isAFailure_andTheValueStays() {
    assertThat(new Replaced().wrongType("value")).isEqualTo("value");
    assertThat(Samples.failuresOf("replaced").kinds())
        .hasSize(1)
        .first()
        .asString()
        .endsWith("notAString: java.lang.ClassCastException");
  }

  @Test
  void classesOfTheJdk_reachTheirAdvice_evenIfLoadedBefore() {
    assertThat(Samples.TOKENS_BEFORE).isEqualTo(2);
    System.setProperty("sample.recording", "seen");
    try {
      var headers = new Headers();
      headers.add("Host", "example.org");

      assertThat(new StringTokenizer("one two").countTokens()).isEqualTo(2);
      assertThat(headers.getFirst("Host")).isEqualTo("example.org");

      assertThat(Samples.failuresOf("jdk").kinds()).isEmpty();
      assertThat(System.getProperty("sample.recording")).isEqualTo("seen 2 example.org");
    } finally {
      System.clearProperty("sample.recording");
    }
  }
}
