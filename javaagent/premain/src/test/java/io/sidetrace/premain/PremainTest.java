package io.sidetrace.premain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PremainTest {

  @Test
  void olderJava_isRefused_byName() {
    assertThat(Premain.refusal("1.8"))
        .isEqualTo("needs Java 17 or later and this is 1.8; the application runs untraced");
    assertThat(Premain.refusal("11")).contains("this is 11");
    assertThat(Premain.refusal("16")).contains("this is 16");
  }

  @Test
  void java17AndLater_isNotRefused() {
    assertThat(Premain.refusal("17")).isNull();
    assertThat(Premain.refusal("25")).isNull();
  }
}
