package io.sidetrace.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuardTest {

  @AfterEach
  void listenNoMore() {
    Guard.listener(failure -> {});
  }

  @Test
  void aFailure_isCountedAndTold() {
    List<Throwable> told = new ArrayList<>();
    Guard.listener(told::add);
    long before = Guard.failures();
    Throwable failure = new StackOverflowError();

    Guard.failed(failure);

    assertThat(told).containsExactly(failure);
    assertThat(Guard.failures()).isEqualTo(before + 1);
  }

  @Test
  void aListenerThatFails_harmsNobody() {
    Guard.listener(
        failure -> {
          throw new AssertionError("cannot log");
        });
    long before = Guard.failures();

    Guard.failed(new IllegalStateException());

    assertThat(Guard.failures()).isEqualTo(before + 2);
  }
}
