package io.sidetrace.daemon.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.sidetrace.daemon.FakeAgent;
import io.sidetrace.daemon.Options;
import io.sidetrace.daemon.deadletter.DeadLetter;
import io.sidetrace.daemon.deadletter.DeadLetterFile;
import io.sidetrace.daemon.deadletter.DeadLetters;
import io.sidetrace.daemon.ops.Ledger;
import io.sidetrace.event.Frame;
import io.sidetrace.harness.Await;
import io.sidetrace.harness.TestCertificates;
import io.sidetrace.standin.langfuse.LangfuseStandIn;
import io.sidetrace.standin.langfuse.ReceivedSpan;
import io.sidetrace.standin.langfuse.Reply;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon between a spool and a Langfuse that answers this and that. */
class LangfuseAnswersTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path folder;
  private LangfuseStandIn langfuse;
  private FakeAgent agent;

  @BeforeEach
  void start() throws Exception {
    langfuse = LangfuseStandIn.start();
    agent = new FakeAgent(folder.resolve("spool"), "demo-1");
  }

  @AfterEach
  void stop() throws Exception {
    agent.close();
    langfuse.close();
    assertThat(langfuse.problems()).isEmpty();
  }

  @Test
  void run_exportsEachEventOnce_andEmptiesTheSpool() throws Exception {
    agent.close(frames(0, 1000));
    agent.close(frames(1000, 1500));

    Ledger.Snapshot ledger = runUntil(1500);

    assertThat(names()).doesNotHaveDuplicates().hasSize(1500);
    assertThat(ledger.exported()).isEqualTo(1500);
    assertThat(agent.folder()).isDirectoryNotContaining("glob:**.{sdt,settled}");
  }

  @Test
  void run_sendsTheSameAgain_whenTheServerFails() throws Exception {
    List<ExportTraceServiceRequest> seen = new ArrayList<>();
    langfuse.script(
        request -> {
          synchronized (seen) {
            seen.add(request);
            return seen.size() < 3 ? Reply.of(503, "not now") : Reply.ok();
          }
        });
    agent.close(frames(0, 5));

    runUntil(5, oneBatch(5));

    assertThat(seen).hasSize(3);
    assertThat(seen).allMatch(request -> request.equals(seen.get(0)));
  }

  @Test
  void run_repeatsWithTheSameIdAndStart_whenTheAnswerIsLost() throws Exception {
    langfuse.replyNext(new Reply(Reply.CLOSE, java.util.Map.of(), "", Duration.ZERO));
    agent.close(frames(0, 5));

    runUntil(10, oneBatch(5));

    assertThat(langfuse.spans()).hasSize(10);
    assertThat(langfuse.spans().stream().map(ReceivedSpan::mergeKey).distinct()).hasSize(5);
  }

  @Test
  void run_triesAgain_whenTheServerHangs() throws Exception {
    langfuse.replyNext(new Reply(Reply.HANG, java.util.Map.of(), "", Duration.ZERO));
    agent.close(frames(0, 5));

    runUntil(5, oneBatch(5).with("langfuse-timeout", "1s"));

    assertThat(langfuse.requests()).isGreaterThan(1);
    assertThat(names()).contains("span 0", "span 1", "span 2", "span 3", "span 4");
  }

  @Test
  void run_waitsAsLongAsItIsAskedTo() throws Exception {
    langfuse.replyNext(Reply.tooMany(1));
    agent.close(frames(0, 5));
    long before = System.nanoTime();

    runUntil(5, oneBatch(5));

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofSeconds(1));
    assertThat(langfuse.requests()).isEqualTo(2);
  }

  @Test
  void run_bisectsARefusedBatch_untilTheBadSpanStandsAlone() throws Exception {
    langfuse.script(
        request -> request.toString().contains("span 13\"") ? Reply.of(400, "bad") : Reply.ok());
    agent.close(frames(0, 64));

    Ledger.Snapshot ledger = runUntil(63);

    assertThat(names()).hasSize(63).doesNotContain("span 13");
    assertThat(ledger.deadLettered()).isEqualTo(1);
    assertThat(letters()).hasSize(1);
    assertThat(letters().get(0).reason()).isEqualTo("HTTP 400: bad");
    assertThat(letters().get(0).frame().toUtf8()).contains("span 13");
  }

  @Test
  void run_halvesABatchThatIsTooLarge() throws Exception {
    langfuse.script(
        request ->
            request.getResourceSpans(0).getScopeSpans(0).getSpansCount() > 10
                ? Reply.of(413, "too large")
                : Reply.ok());
    agent.close(frames(0, 100));

    Ledger.Snapshot ledger = runUntil(100);

    assertThat(ledger.exported()).isEqualTo(100);
    assertThat(names()).doesNotHaveDuplicates();
  }

  @Test
  void run_keepsEverything_whenItsKeysAreRefused() throws Exception {
    langfuse.script(request -> Reply.of(401, "invalid credentials"));
    Path segment = agent.close(frames(0, 5));

    Ledger.Snapshot ledger;
    try (Daemon daemon = Daemon.start(options().with("drain-timeout", "0").build())) {
      Await.until(
          "a request",
          LIMIT,
          () -> langfuse.requests() > 0 && daemon.ledger().received() == 5,
          () -> daemon.ledger().inWords());
      ledger = daemon.ledger();
    }

    assertThat(ledger.pending()).isEqualTo(5);
    assertThat(segment).exists();
    langfuse.script(request -> Reply.ok());
    runUntil(5);
    assertThat(names()).hasSize(5);
    assertThat(segment).doesNotExist();
  }

  @Test
  void run_keepsEverything_whenTheServerCannotBeTrusted() throws Exception {
    Path segment = agent.close(frames(0, 5));
    AtomicInteger handshakes = new AtomicInteger();
    HttpsServer stranger = stranger(handshakes);

    Ledger.Snapshot ledger;
    String url = "https://localhost:" + stranger.getAddress().getPort();
    try (Daemon daemon =
        Daemon.start(options().with("langfuse-url", url).with("drain-timeout", "0").build())) {
      Await.until(
          "a second try",
          LIMIT,
          () -> handshakes.get() > 1 && daemon.ledger().received() == 5,
          () -> handshakes + " handshakes, " + daemon.ledger().inWords());
      ledger = daemon.ledger();
    } finally {
      stranger.stop(0);
    }

    assertThat(ledger.pending()).isEqualTo(5);
    assertThat(letters()).isEmpty();
    assertThat(segment).exists();
    runUntil(5);
    assertThat(names()).hasSize(5);
  }

  /** Shows a certificate that no authority of the JVM's vouches for. */
  private HttpsServer stranger(AtomicInteger handshakes) throws Exception {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(TestCertificates.in(folder.resolve("tls")).ofServer()) {
          @Override
          public void configure(HttpsParameters parameters) {
            handshakes.incrementAndGet();
            super.configure(parameters);
          }
        });
    server.start();
    return server;
  }

  @Test
  void run_stopsReading_whileLangfuseTakesNothing() throws Exception {
    langfuse.script(request -> Reply.of(500, "down"));
    for (int i = 0; i < 20; i++) {
      agent.close(frames(i * 1000L, i * 1000L + 1000));
    }

    try (Daemon daemon =
        Daemon.start(Options.in(folder).to(langfuse).with("in-flight", "2000").build())) {
      Await.until(
          "the daemon to be full",
          LIMIT,
          () -> langfuse.requests() > 0 && daemon.ledger().received() >= 2000,
          () -> daemon.ledger().inWords());

      // It may go over by the window it was reading.
      assertThat(daemon.ledger().received()).isBetween(2000L, 4000L);
      langfuse.script(request -> Reply.ok());
      Await.until(
          "all to be exported",
          LIMIT,
          () -> daemon.ledger().exported() == 20_000,
          () -> daemon.ledger().inWords());
    }

    assertThat(names()).doesNotHaveDuplicates().hasSize(20_000);
  }

  private Options options() {
    return Options.in(folder).to(langfuse);
  }

  /** However long reading takes, so many spans go in one request. */
  private Options oneBatch(int spans) {
    return options().with("batch-count", "" + spans).with("linger", "1h");
  }

  private Ledger.Snapshot runUntil(int spans) throws Exception {
    return runUntil(spans, options());
  }

  /** Runs a daemon until so many spans arrived and nothing is in flight; its last ledger. */
  private Ledger.Snapshot runUntil(int spans, Options options) throws Exception {
    Ledger.Snapshot ledger;
    try (Daemon daemon = Daemon.start(options.build())) {
      Await.until(
          spans + " spans",
          LIMIT,
          () -> langfuse.received() >= spans && daemon.ledger().pending() == 0,
          () -> langfuse.received() + " spans, " + daemon.ledger().inWords());
      ledger = daemon.ledger();
    }
    assertThat(ledger.isBalanced()).isTrue();
    return ledger;
  }

  private List<String> names() {
    return langfuse.spans().stream().map(ReceivedSpan::name).toList();
  }

  private List<DeadLetter> letters() throws Exception {
    List<DeadLetter> letters = new ArrayList<>();
    for (Path file : DeadLetters.files(folder.resolve("dead-letters"))) {
      DeadLetterFile.read(file, letters::add);
    }
    return letters;
  }

  private static Frame[] frames(long from, long to) {
    return LongStream.range(from, to).mapToObj(FakeAgent::frame).toArray(Frame[]::new);
  }
}
