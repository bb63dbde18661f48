package io.sidetrace.daemon.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.daemon.FakeAgent;
import io.sidetrace.daemon.Options;
import io.sidetrace.daemon.deadletter.DeadLetters;
import io.sidetrace.daemon.deadletter.LetterFolder;
import io.sidetrace.daemon.deadletter.Replay;
import io.sidetrace.event.Frame;
import io.sidetrace.harness.Await;
import io.sidetrace.standin.langfuse.LangfuseStandIn;
import io.sidetrace.standin.langfuse.ReceivedSpan;
import io.sidetrace.standin.langfuse.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDeadLettersTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path folder;
  private LangfuseStandIn langfuse;
  private FakeAgent agent;

  @BeforeEach
  void start() throws Exception {
    langfuse = LangfuseStandIn.start();
    langfuse.script(request -> request.toString().contains("span 1\"") ? bad() : Reply.ok());
    agent = new FakeAgent(folder.resolve("spool"), "demo-1");
  }

  @AfterEach
  void stop() throws Exception {
    agent.close();
    langfuse.close();
  }

  @Test
  void run_keepsInTheSpool_whatNobodyTakes() throws Exception {
    Path segment = agent.close(frames());
    Options full = options().with("dead-letters-max-bytes", "10");

    try (Daemon daemon = Daemon.start(full.build())) {
      Await.until(
          "an event to come back",
          LIMIT,
          () -> daemon.ledger().returned() == 1 && daemon.ledger().exported() == 2,
          () -> daemon.ledger().inWords());
      assertThat(daemon.ledger().isBalanced()).isTrue();
    }

    assertThat(segment).exists();
    assertThat(names()).containsExactlyInAnyOrder("span 0", "span 2");
    runUntil(options(), 1);
    assertThat(names()).as("only the returned one was tried again").hasSize(2);
    assertThat(segment).doesNotExist();
  }

  @Test
  void replay_deliversDeadLettersAgain() throws Exception {
    agent.close(frames());
    runUntil(options(), 1);
    langfuse.script(request -> Reply.ok());

    assertThat(replay()).isEqualTo(1);

    assertThat(DeadLetters.files(folder.resolve("dead-letters"))).isEmpty();
    runUntil(options(), 0);
    assertThat(names()).containsExactlyInAnyOrder("span 0", "span 2", "span 1");
  }

  @Test
  void replay_goesOn_whereOneWasKilled() throws Exception {
    agent.close(frames());
    runUntil(options(), 1);
    langfuse.script(request -> Reply.ok());
    List<Path> files = DeadLetters.files(folder.resolve("dead-letters"));
    Path draft = folder.resolve("spool/.replay-" + files.get(0).getFileName());
    Files.createDirectory(draft);
    Files.write(draft.resolve("0000000001.sdt"), new byte[] {'S', 'D'});

    assertThat(replay()).isEqualTo(1);

    assertThat(draft).doesNotExist();
    runUntil(options(), 0);
    assertThat(names()).containsExactlyInAnyOrder("span 0", "span 2", "span 1");
  }

  private int replay() throws Exception {
    LetterFolder letters = new LetterFolder(folder.resolve("dead-letters"));
    return Replay.into(folder.resolve("spool"), letters, letter -> true);
  }

  private void runUntil(Options options, int deadLetters) throws Exception {
    try (Daemon daemon = Daemon.start(options.build())) {
      Await.until(
          "the spool to be empty",
          LIMIT,
          () ->
              daemon.ledger().received() > 0
                  && daemon.ledger().pending() == 0
                  && daemon.ledger().deadLettered() == deadLetters,
          () -> daemon.ledger().inWords());
    }
  }

  private Options options() {
    return Options.in(folder).to(langfuse);
  }

  private List<String> names() {
    return langfuse.spans().stream().map(ReceivedSpan::name).toList();
  }

  private static Reply bad() {
    return Reply.of(400, "bad");
  }

  private static Frame[] frames() {
    return new Frame[] {FakeAgent.frame(0), FakeAgent.frame(1), FakeAgent.frame(2)};
  }
}
