package io.sidetrace.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sidetrace.sample.advice.SampleInstrumentation;
import java.util.List;
import org.junit.jupiter.api.Test;

class RulesTest {

  private static final ClassLoader LOADER = RulesTest.class.getClassLoader();

  private final Rules rules = new Rules();

  @Test
  void anIndexedInstrumentation_isNotLoadedUntilItsClassIs() throws Exception {
    add(Candidate.parse("gone not.there.GoneInstrumentation a/First a/Second", LOADER));

    assertThat(rules.name("a/First")).isTrue();
    assertThat(rules.name("a/Third")).isFalse();
    assertThat(rules.of("a/Third")).isEmpty();
    assertThatThrownBy(() -> rules.of("a/Second")).isInstanceOf(ClassNotFoundException.class);
  }

  @Test
  void line_isWhatParseReads() throws Exception {
    Candidate written = Candidate.of(new Two());

    Candidate read = Candidate.parse(written.line(), LOADER);

    assertThat(read.name).isEqualTo("two");
    assertThat(read.classNames).containsExactly("a/First", "a/Second");
    assertThat(read.ownPackage()).isEqualTo("io.sidetrace.agent.weave.");
    assertThat(read.rules()).hasSize(3);
  }

  @Test
  void numbers_areGivenInTheOrderOfLoading_andStay() throws Exception {
    add(Candidate.of(new Two()));
    add(Candidate.of(new SampleInstrumentation("one", List.of(rule("a.Second")))));

    List<NumberedRule> second = rules.of("a/Second");
    List<NumberedRule> first = rules.of("a/First");

    assertThat(second).extracting(NumberedRule::number).containsExactly(2, 3);
    assertThat(first).extracting(NumberedRule::number).containsExactly(0, 1);
    assertThat(rules.of("a/Second")).isEqualTo(second);
    assertThat(rules.get(3)).isSameAs(second.get(1));
    assertThat(rules.get(4)).isNull();
    assertThat(rules.get(-1)).isNull();
  }

  private void add(Candidate candidate) {
    var log =
        new WeaverLog() {
          @Override
          public boolean debugging() {
            return false;
          }

          @Override
          public void debug(String message) {}

          @Override
          public void warn(String message, Throwable cause) {
            throw new AssertionError(message, cause);
          }
        };
    rules.add(candidate, new AdviceFailures(candidate.name, log));
  }

  private static Rule rule(String className) {
    return Rule.in(className).method("run").advice("a.Advice").enter("enter");
  }

  /** Two classes, one of them with two rules. */
  public static final class Two implements Instrumentation {
    @Override
    public String name() {
      return "two";
    }

    @Override
    public List<Rule> rules() {
      return List.of(rule("a.First"), rule("a.First"), rule("a.Second"));
    }
  }
}
