package io.sidetrace.daemon.export.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PreviewTest {

  @Test
  void ofMessages_showsTheLast_whereverItsRoleStands() {
    String messages =
        "[{\"role\":\"system\",\"content\":\"Be brief.\"},{\"content\":\"Hi\\nthere\",\"role\":\"user\"}]";

    assertThat(Preview.of(messages, 80)).isEqualTo("user: Hi there");
  }

  @Test
  void ofMessageParts_joinsTheirTexts() {
    String message =
        "{\"content\":[{\"type\":\"text\",\"text\":\"one\"},{\"text\":\"two\"}],\"role\":\"assistant\"}";

    assertThat(Preview.of(message, 80)).isEqualTo("assistant: one two");
  }

  @Test
  void ofAnythingElse_showsTheBeginning() {
    assertThat(Preview.of("{\"name\":\"x\"}", 80)).isEqualTo("{\"name\":\"x\"}");
    assertThat(Preview.of("{\"role\":\"user\",\"content\":\"cut he", 12))
        .isEqualTo("{\"role\":\"us…");
  }
}
