package io.sidetrace.agent.transport;

import static io.sidetrace.agent.pipeline.Eventually.assertThatEventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.agent.pipeline.Frames;
import io.sidetrace.agent.pipeline.LogLines;
import io.sidetrace.agent.pipeline.Spooled;
import io.sidetrace.event.FrameEncoder;
import io.sidetrace.event.Slice;
import io.sidetrace.event.Spool;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTransportTest {
  private static final String NAME = Frames.ORIGIN.instance();

  @TempDir Path directory;

  private final Ledger ledger = new Ledger();
  private final LogLines lines = new LogLines();

  @Test
  void aSegmentIsHandedOverBeforeItWouldPass8Mib() throws Exception {
    try (SpoolTransport spool = open(directory, 1 << 30)) {
      Slice frames = frames(3_000_000);
      for (int i = 0; i < 5; i++) {
        spool.send(0, frames, 1);
      }

      assertThat(Spooled.segments(directory, Spool.CLOSED)).hasSize(2);
      assertThat(Spooled.segments(directory, Spool.OPEN)).hasSize(1);
    }

    for (Path segment : Spooled.segments(directory, Spool.CLOSED)) {
      assertThat(Files.size(segment)).isLessThan(8 << 20);
    }
    assertThat(Spooled.closed(directory)).hasSize(5);
    assertThat(sent()).isEqualTo(5);
  }

  @Test
  void anIdleTransportLeavesNoSegment() {
    try (SpoolTransport spool = open(directory, 1 << 30)) {
      spool.tick();
      spool.settle(false);
    }

    assertThat(Spooled.segments(directory, Spool.CLOSED, Spool.OPEN)).isEmpty();
  }

  @Test
  void theDirectoryIsLockedFromTheMomentItHasItsName() throws Exception {
    SpoolTransport spool = open(directory, 1 << 30);
    Path lock = directory.resolve(NAME).resolve(Spool.LOCK);

    assertThat(lockIsFree(lock)).isFalse();
    spool.close();

    assertThat(lockIsFree(lock)).isTrue();
    try (Stream<Path> inRoot = Files.list(directory)) {
      assertThat(inRoot).extracting(path -> path.getFileName().toString()).containsExactly(NAME);
    }
  }

  @Test
  void aFullSpoolDropsCountsAndSaysSoOnce() {
    try (SpoolTransport spool = open(directory, 1 << 20)) {
      Slice frames = frames(300_000);
      for (int i = 0; i < 10; i++) {
        spool.send(0, frames, 1);
      }
    }

    assertThat(sent()).isEqualTo(3);
    assertThat(dropped("spoolFull")).isEqualTo(7);
    assertThat(lines.toString())
        .containsOnlyOnce("spool is full: ")
        .contains(
            " in 1 segments under " + directory + "; raise spool.max-bytes or start the daemon");
  }

  @Test
  void aFullSpoolIsUsedAgainOnceTheDaemonMadeRoom() throws Exception {
    try (SpoolTransport spool = open(directory, 1 << 20)) {
      Slice frames = frames(300_000);
      for (int i = 0; i < 4; i++) {
        spool.send(0, frames, 1);
      }
      spool.settle(false);
      for (Path segment : Spooled.segments(directory, Spool.CLOSED)) {
        Files.delete(segment);
      }

      assertThatEventually(
          () -> {
            spool.send(0, frames, 1);
            assertThat(sent()).isEqualTo(4);
          });
      assertThat(lines.toString()).contains("has room again");
    }
  }

  @Test
  void leftoversOfOtherProcessesCount() throws Exception {
    Path other = Files.createDirectory(directory.resolve("other-1-1"));
    Files.write(other.resolve("0000000000.sdt"), new byte[1_000_000]);

    try (SpoolTransport spool = open(directory, 1 << 20)) {
      spool.send(0, frames(100_000), 1);
    }

    assertThat(dropped("spoolFull")).isEqualTo(1);
  }

  @Test
  void aDirectoryDeletedUnderUsIsCountedAndMadeAnew() throws Exception {
    try (SpoolTransport spool = open(directory, 1 << 30)) {
      spool.send(0, frames(10), 1);
      delete(directory.resolve(NAME));
      spool.settle(false);

      assertThat(dropped("spoolDeleted")).isEqualTo(1);
      assertThat(sent()).isZero();
      assertThatEventually(
          () -> {
            spool.send(0, frames(10), 1);
            assertThat(sent()).isEqualTo(1);
          });
      assertThat(lines.toString()).contains("is written again");
    }
    assertThat(Spooled.closed(directory)).hasSize(1);
  }

  @Test
  void aMissingRootIsMadeForItsOwnerAlone() throws Exception {
    Path root = directory.resolve("a/b/spool");
    try (SpoolTransport spool = open(root, 1 << 30)) {
      spool.send(0, frames(10), 1);
      spool.publish("{}");
    }

    assertThat(mode(directory.resolve("a"))).isEqualTo("700");
    assertThat(mode(root)).isEqualTo("700");
    assertThat(mode(root.resolve(NAME))).isEqualTo("700");
    for (Path file : files(root.resolve(NAME))) {
      assertThat(mode(file)).as(file.toString()).isEqualTo("600");
    }
  }

  @Test
  void aRootSharedByItsGroupIsReadableForTheGroupAndNobodyElse() throws Exception {
    Path root = Files.createDirectory(directory.resolve("shared"));
    Files.setAttribute(root, "unix:mode", 02770);
    try (SpoolTransport spool = open(root, 1 << 30)) {
      spool.send(0, frames(10), 1);
      spool.publish("{}");
    }

    assertThat(mode(root.resolve(NAME))).isEqualTo("2770");
    assertThat(mode(root.resolve(NAME).resolve(Spool.LOCK))).isEqualTo("660");
    assertThat(mode(root.resolve(NAME).resolve(Spool.LEDGER))).isEqualTo("640");
    assertThat(mode(root.resolve(NAME).resolve("0000000000.sdt"))).isEqualTo("640");
  }

  @Test
  void theUmaskHasNoSay() throws Exception {
    Path root = Files.createDirectory(directory.resolve("shared"));
    Files.setAttribute(root, "unix:mode", 02770);
    for (String umask : List.of("umask 000;", "umask 077;")) {
      ProducerProcess producer = ProducerProcess.start(umask, root, 10, true);
      producer.rest();

      assertThat(mode(root.resolve(NAME))).isEqualTo("2770");
      assertThat(mode(root.resolve(NAME).resolve("0000000000.sdt"))).isEqualTo("640");
      delete(root.resolve(NAME));
    }
  }

  @Test
  void whatWasWrittenSurvivesKill9() throws Exception {
    ProducerProcess producer = ProducerProcess.start("", directory, 1_000_000, false);
    for (int i = 0; i < 4; i++) {
      producer.await("counts ");
    }

    producer.kill();

    assertThat(Spooled.events(Spooled.segments(directory, Spool.CLOSED, Spool.OPEN)))
        .hasSizeGreaterThanOrEqualTo(2_000)
        .extracting(event -> event.name())
        .startsWith("call 0", "call 1", "call 2");
    assertThat(lockIsFree(directory.resolve(NAME).resolve(Spool.LOCK))).isTrue();
  }

  @Test
  void whatIsInTheQueueIsWrittenWhenTheProcessEnds() throws Exception {
    ProducerProcess producer = ProducerProcess.start("", directory, 777, true);

    String output = producer.rest();

    assertThat(producer.exitCode()).isZero();
    assertThat(Spooled.closed(directory)).hasSize(777);
    assertThat(output).doesNotContain("not handed over");
  }

  @Test
  void aWriteThatFailsHalfwayLeavesWholeFramesAndIsCounted() throws Exception {
    // A limit on the size of files, in KiB, is a disk that fills up in the middle of a write.
    ProducerProcess producer =
        ProducerProcess.start("ulimit -f 1000 || ulimit -f 2000;", directory, 2_000, true);

    String output = producer.rest();

    int written = Spooled.events(Spooled.segments(directory, Spool.CLOSED, Spool.OPEN)).size();
    assertThat(output).contains("can't write to the spool " + directory);
    assertThat(output).contains("of 2000 events, not handed over: ");
    assertThat(written).isBetween(1, 1_999);
    assertThat(output).contains((2_000 - written) + " spoolFailed");
  }

  private SpoolTransport open(Path root, long maxBytes) {
    return new SpoolTransport(root, NAME, maxBytes, ledger, lines.log());
  }

  private static Slice frames(int bodyBytes) {
    FrameEncoder encoder = new FrameEncoder();
    encoder.append(Frames.numbered(1, bodyBytes), 0);
    return encoder.bytes();
  }

  private long sent() {
    return ledger.snapshot(0).sent();
  }

  private long dropped(String cause) {
    return ledger.snapshot(0).dropped().get(cause);
  }

  private static boolean lockIsFree(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static String mode(Path path) throws IOException {
    return Integer.toOctalString((Integer) Files.getAttribute(path, "unix:mode") & 07777);
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
