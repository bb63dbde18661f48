package io.sidetrace.daemon.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.StreamMessage;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EntryCountTest {
  private final EntryCount count = new EntryCount();

  @Test
  void manySmallEntries_shareARoundTrip() {
    count.saw(entries(16, 2_000));

    assertThat(count.next()).isEqualTo(512);
  }

  @Test
  void fullEntries_makeTwoMebibytes() {
    count.saw(entries(3, 256 << 10));

    assertThat(count.next()).isEqualTo(8);
  }

  @Test
  void hugeEntries_areStillAskedForTogether() {
    count.saw(entries(1, 20 << 20));

    assertThat(count.next()).isEqualTo(4);
  }

  @Test
  void anEmptyAnswer_tellsNothing() {
    count.saw(entries(1, 256 << 10));

    count.saw(List.of());

    assertThat(count.next()).isEqualTo(8);
  }

  private static List<StreamMessage<String, byte[]>> entries(int entries, int bytes) {
    return Collections.nCopies(
        entries, new StreamMessage<>("stream", "1-1", Map.of("f", new byte[bytes])));
  }
}
