package io.sidetrace.daemon.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.daemon.DaemonProcess;
import io.sidetrace.daemon.FakeAgent;
import io.sidetrace.event.Slice;
import io.sidetrace.harness.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LetterFolderTest {

  @TempDir Path folder;

  @Test
  void letters_tellWhenAndHowOftenTheyWereTried() throws Exception {
    Instant first = Instant.parse("2026-11-22T12:00:00.5Z");
    store(new DeadLetter(first, first.plusSeconds(60), 7, "langfuse", "HTTP 400", frame(1)));

    DeadLetter letter = new LetterFolder(folder).letters().get(0);

    assertThat(letter.first()).isEqualTo(first);
    assertThat(letter.time()).isEqualTo(first.plusSeconds(60));
    assertThat(letter.attempts()).isEqualTo(7);
  }

  @Test
  void purge_removesWhatIsAskedFor_andTheDaemonGoesOn() throws Exception {
    Instant now = Instant.now();
    Instant yesterday = now.minus(Duration.ofDays(1));
    try (DeadLetters daemon = new DeadLetters(folder, 1 << 20)) {
      daemon.store(new DeadLetter(now, now, 1, "langfuse", "HTTP 400: no", frame(1)));
      daemon.store(new DeadLetter(now, now, 1, "event", "v is 2", frame(2)));
      daemon.store(new DeadLetter(yesterday, yesterday, 1, "langfuse", "HTTP 400", frame(3)));
      LetterFolder letters = new LetterFolder(folder);

      assertThat(letters.purge(new LetterFilter("http 400", Duration.ofHours(12), null))).isOne();
      assertThat(letters.purge(new LetterFilter(null, null, Duration.ofHours(-1)))).isZero();
      daemon.store(new DeadLetter(now, now, 1, "frame", "cut", frame(4)));
      assertThat(reasons(letters)).containsExactly("HTTP 400: no", "v is 2", "cut");

      assertThat(letters.purge(new LetterFilter("event:", null, null))).isOne();
      assertThat(letters.purge(new LetterFilter(null, null, Duration.ofHours(1)))).isEqualTo(2);
      assertThat(letters.letters()).isEmpty();
    }
  }

  @Test
  void purge_removesWhatCannotBeRead_onlyWithAllTheRest() throws Exception {
    Path cut = Files.write(folder.resolve("1-1-000001.sdl"), new byte[] {'S', 'D', 'L', '1', 0, 7});
    Instant now = Instant.now();
    store(new DeadLetter(now, now, 1, "langfuse", "HTTP 400", frame(1)));
    LetterFolder letters = new LetterFolder(folder);

    assertThat(letters.purge(new LetterFilter("langfuse", null, null))).isOne();
    assertThat(cut).exists();

    assertThat(letters.purge(new LetterFilter(null, null, null))).isZero();
    assertThat(DeadLetters.files(folder)).isEmpty();
  }

  /** What a daemon adds while somebody replays is replayed or stays, and never disappears. */
  @Test
  void replay_losesNothing_whileADaemonAdds() throws Exception {
    Path letters = folder.resolve("letters");
    Path spool = folder.resolve("spool");
    int added = 0;
    try (DeadLetters daemon = new DeadLetters(letters, 1 << 30);
        Program replay = replay(letters, spool)) {
      while (replay.isAlive() || added < 2_000) {
        Instant now = Instant.now();
        assertThat(daemon.store(new DeadLetter(now, now, 1, "x", "y", frame(added++)))).isTrue();
        if (added % 500 == 0) {
          Replay.into(spool, new LetterFolder(letters), letter -> true);
        }
      }
      assertThat(replay.said()).contains("dead letters are in the spool");
    }

    Replay.into(spool, new LetterFolder(letters), letter -> true);
    long bytes = 0;
    try (Stream<Path> files = Files.walk(spool)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".sdt")).toList()) {
        bytes += Files.size(file) - 4;
      }
    }
    assertThat(bytes).isEqualTo((long) added * frame(0).length());
  }

  private Program replay(Path letters, Path spool) {
    return DaemonProcess.sidetrace(
        folder, List.of("deadletter", "replay", "--dead-letters=" + letters, "--spool=" + spool));
  }

  private static List<String> reasons(LetterFolder letters) throws Exception {
    return letters.letters().stream().map(DeadLetter::reason).toList();
  }

  private void store(DeadLetter letter) throws Exception {
    try (DeadLetters letters = new DeadLetters(folder, 1 << 20)) {
      assertThat(letters.store(letter)).isTrue();
    }
  }

  /** Of one length, whatever the number. */
  private static Slice frame(int number) {
    byte[] segment = FakeAgent.segmentOf(List.of(FakeAgent.frame(100_000L + number)));
    return Slice.of(Arrays.copyOfRange(segment, 4, segment.length));
  }
}
