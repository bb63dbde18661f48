package io.sidetrace.daemon.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sidetrace.daemon.FakeAgent;
import io.sidetrace.event.Event;
import io.sidetrace.event.Frame;
import io.sidetrace.event.Slice;
import io.sidetrace.event.Spool;
import io.sidetrace.harness.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolSourceTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path root;
  private final AgentLedgers ledgers = new AgentLedgers();
  private final Kept kept = new Kept();
  private SpoolSource source;

  @BeforeEach
  void open() throws IOException {
    source = SpoolSource.open(root, Duration.ofMillis(1), ledgers, new Bell());
  }

  @AfterEach
  void close() {
    source.close();
  }

  @Test
  void read_handsOnClosedSegmentsInOrder_andLeavesTheOpenOne() throws IOException {
    try (FakeAgent agent = new FakeAgent(root, "demo-1")) {
      agent.close(frames(0, 3));
      agent.close(frames(3, 5));
      agent.open(FakeAgent.segmentOf(List.of(frames(5, 6))));

      readUntil(() -> kept.names.size() >= 5);

      assertThat(kept.names).containsExactly("span 0", "span 1", "span 2", "span 3", "span 4");
    }
  }

  @Test
  void read_goesThroughFramesLargerThanItsWindow() throws IOException {
    try (FakeAgent agent = new FakeAgent(root, "demo-1")) {
      byte[] body = new byte[SegmentReader.WINDOW * 2 + 17];
      Arrays.fill(body, (byte) 'x');
      Frame large = new Frame(event(1), Slice.EMPTY, Slice.of(body));
      agent.close(FakeAgent.frame(0), large, FakeAgent.frame(2), large, FakeAgent.frame(4));

      readUntil(() -> kept.names.size() == 5);

      assertThat(kept.names).containsExactly("span 0", "span 1", "span 2", "span 1", "span 4");
      assertThat(kept.deliveries.get(1).response().toBytes()).isEqualTo(body);
    }
  }

  @Test
  void acknowledge_remembersWhatIsSettled_acrossARestart() throws IOException {
    try (FakeAgent agent = new FakeAgent(root, "demo-1")) {
      Path segment = agent.close(frames(0, 10));
      readUntil(() -> kept.names.size() == 10);
      kept.settle(0, 1, 2, 7);
      source.acknowledge();

      restart();
      readUntil(() -> kept.names.size() == 6);
      assertThat(kept.names)
          .containsExactly("span 3", "span 4", "span 5", "span 6", "span 8", "span 9");
      kept.settle(0, 1, 2, 3, 4, 5);
      source.acknowledge();

      assertThat(segment).doesNotExist();
      assertThat(Segment.settledBeside(segment)).doesNotExist();
      assertThat(agent.folder()).exists();
    }
  }

  @Test
  void acknowledge_overwritesANoteThatACrashCut() throws IOException {
    try (FakeAgent agent = new FakeAgent(root, "demo-1")) {
      Path segment = agent.close(frames(0, 4));
      Files.write(Segment.settledBeside(segment), new byte[] {0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0});
      readUntil(() -> kept.names.size() == 3);
      kept.settle(0);
      source.acknowledge();

      restart();
      readUntil(() -> kept.names.size() == 2);

      assertThat(kept.names).containsExactly("span 2", "span 3");
    }
  }

  @Test
  void read_takesTheHalfWrittenSegmentOfADeadProcess_andRemovesItsFolder() throws IOException {
    FakeAgent agent = new FakeAgent(root, "demo-1");
    byte[] whole = FakeAgent.segmentOf(List.of(frames(0, 4)));
    agent.open(Arrays.copyOf(whole, whole.length - 5));
    Files.writeString(
        agent.folder().resolve(Spool.LEDGER), "{\"captured\":4,\"dropped\":{\"full\":1}}");
    agent.close();

    readUntil(() -> kept.names.size() == 3);
    kept.settle(0, 1, 2);
    readUntil(() -> !Files.exists(agent.folder()));

    assertThat(kept.reasons).isEmpty();
    assertThat(ledgers.sum()).containsEntry("captured", 4L).containsEntry("dropped.full", 1L);
  }

  @Test
  void read_handsOnACorruptFrame_asSuch_andCostsNoOther() throws IOException {
    try (FakeAgent agent = new FakeAgent(root, "demo-1")) {
      byte[] segment = FakeAgent.segmentOf(List.of(frames(0, 3)));
      segment[segment.length / 2] ^= 1;
      agent.close(segment);

      readUntil(() -> kept.names.size() == 2);

      assertThat(kept.names).containsExactly("span 0", "span 2");
      assertThat(kept.reasons).singleElement().asString().startsWith("checksum differs");
    }
  }

  @Test
  void read_handsOnWhatIsNoFrame_asOnePiece() throws IOException {
    try (FakeAgent agent = new FakeAgent(root, "demo-1")) {
      byte[] segment = FakeAgent.segmentOf(List.of(frames(0, 3)));
      agent.close(Arrays.copyOf(segment, segment.length + 100_000)); // zeroed by a power cut
      agent.close(Arrays.copyOf(segment, segment.length - 5));
      agent.close("not a segment".getBytes(StandardCharsets.UTF_8));
      agent.close(new byte[0]);

      readUntil(() -> kept.reasons.size() == 3);

      assertThat(kept.names).hasSize(5);
      assertThat(kept.reasons.get(0)).startsWith("bytes are no frame");
      assertThat(kept.reasons.get(1)).startsWith("segment ends within a frame");
      assertThat(kept.reasons.get(2)).startsWith("file is no segment");
    }
  }

  @Test
  void open_refusesARootThatAnotherDaemonReads() {
    assertThatThrownBy(() -> SpoolSource.open(root, Duration.ofMillis(1), ledgers, new Bell()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another daemon reads the spool " + root);
  }

  private void restart() throws IOException {
    source.close();
    kept.names.clear();
    kept.deliveries.clear();
    kept.reasons.clear();
    open();
  }

  private void readUntil(BooleanSupplier condition) {
    Await.until(
        "the frames",
        LIMIT,
        () -> {
          source.acknowledge();
          source.read(kept);
          return condition.getAsBoolean();
        },
        () -> kept.names + " " + kept.reasons);
  }

  private static Event event(long number) {
    return FakeAgent.event(Event.Kind.SPAN, number).build();
  }

  private static Frame[] frames(long from, long to) {
    return LongStream.range(from, to).mapToObj(FakeAgent::frame).toArray(Frame[]::new);
  }

  /** Keeps what it is handed. */
  private static final class Kept implements Intake {
    private final List<String> names = new ArrayList<>();
    private final List<Delivery> deliveries = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();

    @Override
    public void deliver(Delivery delivery) {
      String json = delivery.event().toUtf8();
      int at = json.indexOf("\"name\":\"") + 8;
      names.add(json.substring(at, json.indexOf('"', at)));
      deliveries.add(delivery);
    }

    @Override
    public void unreadable(Slice bytes, String reason, Receipt receipt) {
      reasons.add(reason);
    }

    private void settle(int... indexes) {
      for (int index : indexes) {
        deliveries.get(index).receipt().settled();
      }
    }
  }
}
