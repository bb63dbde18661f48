package io.sidetrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.harness.Answer;
import io.sidetrace.harness.Await;
import io.sidetrace.harness.DemoApp;
import io.sidetrace.harness.Load;
import java.time.Duration;
import java.util.List;

/** What a load is, how long it lasts, and how long the rest may take. */
final class Limits {
  /** For what is a matter of two seconds on a machine with nothing else to do. */
  static final Duration DELIVERY = Duration.ofSeconds(60);

  /** Requests each second that two cores answer beside everything else a scene runs. */
  static final int PER_SECOND = 60;

  static final int QUESTIONS = 10;

  private Limits() {}

  /** The first requests of a JVM, which take it seconds. */
  static List<Answer> warm(DemoApp demo) {
    List<Answer> answers = Load.inTurn("warm", demo.url(), 9, QUESTIONS);
    assertThat(answers).allMatch(Answer::isOk);
    return answers;
  }

  /** Waits until the load has so many answers, at a fifth of its rate at least. */
  static void awaitAnswers(Load load, long count) {
    Duration limit = Duration.ofSeconds(10 + 5 * count / PER_SECOND);
    Await.until(count + " answers", limit, () -> load.answered() >= count);
  }

  /** {@code -Dload.seconds}: how long a load or a fault lasts. */
  static Duration load() {
    return Duration.ofSeconds(Integer.getInteger("load.seconds", 8));
  }
}
