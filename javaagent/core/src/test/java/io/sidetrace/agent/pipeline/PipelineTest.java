package io.sidetrace.agent.pipeline;

import static io.sidetrace.agent.pipeline.Eventually.assertThatEventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.agent.config.AgentConfig;
import io.sidetrace.event.Event;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineTest {

  @TempDir Path root;

  private final LogLines lines = new LogLines();

  @Test
  void anOfferedEventIsHandedOverWithoutAnother() throws Exception {
    try (Pipeline pipeline = start()) {

      pipeline.queue().offer(Frames.finished(0, 10));

      assertThatEventually(() -> assertThat(Spooled.closed(root)).hasSize(1));
      assertThat(pipeline.counts().sent()).isEqualTo(1);
    }
  }

  @Test
  void sequencesAreGaplessFromZeroAndInOrder() throws Exception {
    try (Pipeline pipeline = start()) {
      for (int i = 0; i < 5000; i++) {
        pipeline.queue().offer(Frames.finished(i, 100));
      }
    }

    List<Event> events = Spooled.closed(root);
    assertThat(events)
        .extracting(Event::sequence)
        .containsExactlyElementsOf(LongStream.range(0, 5000).boxed().toList());
    assertThat(events).extracting(Event::name).first().isEqualTo("call 0");
  }

  @Test
  void close_handsOverWhatIsInTheQueueAndSaysNothing() throws Exception {
    Pipeline pipeline = start();
    pipeline.queue().offer(Frames.finished(0, 10));

    pipeline.close();

    assertThat(Spooled.closed(root)).hasSize(1);
    assertThat(lines.toString()).doesNotContain("not handed over");
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("sidetrace-drainer");
  }

  @Test
  void theLedgerIsPublishedInTheProcessesDirectory() throws Exception {
    try (Pipeline pipeline = start()) {
      pipeline.queue().offer(Frames.finished(0, 10));
      pipeline.queue().offer(Frames.finished(1, 10));
    }

    Path ledger = root.resolve(Frames.ORIGIN.instance()).resolve("ledger.json");
    assertThat(Files.readString(ledger))
        .contains("\"instance\":\"shop-1-1700000000000\",\"service\":\"shop\"")
        .contains("\"captured\":2,\"sent\":2,\"dropped\":{\"queueFull\":0,")
        .contains("\"queued\":0,\"withoutBodies\":0}");
  }

  @Test
  void aSpoolThatCanNotBeWrittenIsToldOfOnceAndCounted() throws Exception {
    Path file = Files.createFile(root.resolve("not-a-directory"));
    Pipeline pipeline = Pipeline.start(config(file.resolve("spool")), Frames.ORIGIN, lines.log());
    pipeline.queue().offer(Frames.finished(0, 10));
    pipeline.queue().offer(Frames.finished(1, 10));

    assertThatEventually(() -> assertThat(pipeline.counts().droppedInAll()).isEqualTo(2));
    pipeline.close();

    assertThat(pipeline.counts().dropped()).containsEntry("spoolFailed", 2L);
    assertThat(lines.toString())
        .containsOnlyOnce("can't write to the spool " + file)
        .contains("of 2 events, not handed over: 2 spoolFailed");
  }

  private Pipeline start() throws Exception {
    return Pipeline.start(config(root), Frames.ORIGIN, lines.log());
  }

  private static AgentConfig config(Path spool) throws Exception {
    return AgentConfig.read(
        "", Map.of("sidetrace.spool", spool.toString()), Map.of(), new ArrayList<>());
  }
}
