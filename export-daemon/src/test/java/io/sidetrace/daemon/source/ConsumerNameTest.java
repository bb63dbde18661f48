package io.sidetrace.daemon.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsumerNameTest {
  @TempDir Path folder;

  @Test
  void name_comesBack_andIsHeldByOneAtATime() throws Exception {
    String name;
    try (ConsumerName first = ConsumerName.take(folder);
        ConsumerName second = ConsumerName.take(folder)) {
      name = first.name();
      assertThat(second.name()).isNotEqualTo(name);
    }
    try (ConsumerName again = ConsumerName.take(folder)) {
      assertThat(again.name()).isEqualTo(name);
    }
  }

  @Test
  void folders_giveNamesOfTheirOwn() throws Exception {
    try (ConsumerName one = ConsumerName.take(folder.resolve("one"));
        ConsumerName two = ConsumerName.take(folder.resolve("two"))) {
      assertThat(one.name()).isNotEqualTo(two.name());
    }
  }

  @Test
  void aMarkThatWasHalfWritten_isDrawnAnew() throws Exception {
    Files.writeString(folder.resolve("consumer-0"), "3f");

    try (ConsumerName name = ConsumerName.take(folder)) {
      assertThat(name.name()).matches(".+-[0-9a-f]{8}");
    }
  }
}
