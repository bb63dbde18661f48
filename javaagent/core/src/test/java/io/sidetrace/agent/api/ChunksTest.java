package io.sidetrace.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChunksTest {

  @Test
  void chunks_areNotedInOrder() {
    Chunks chunks = new Chunks();

    chunks.note(0, 5);
    chunks.note(7, 9);

    assertThat(chunks.toArray()).containsExactly(0, 5, 7, 9);
  }

  @Test
  void onlyTheFirst1024_areNoted() {
    Chunks chunks = new Chunks();

    for (int i = 0; i < 3000; i++) {
      chunks.note(i, i);
    }

    assertThat(chunks.toArray()).hasSize(2048).endsWith(1023, 1023);
  }
}
