package io.sidetrace.daemon.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.cluster.SlotHash;
import io.sidetrace.event.EventStream;
import org.junit.jupiter.api.Test;

class EntryNotesTest {

  @Test
  void key_liesWhereItsStreamLies_andWithinADaemonsRights() {
    for (int streams : new int[] {1, 8}) {
      for (int n = 0; n < streams; n++) {
        String stream = EventStream.key(n, streams);

        String key = EntryNotes.key(stream);

        assertThat(SlotHash.getSlot(key)).isEqualTo(SlotHash.getSlot(stream));
        assertThat(key).startsWith("sidetrace:");
      }
    }
  }
}
