package io.sidetrace.daemon.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.daemon.DaemonProcess;
import io.sidetrace.daemon.FakeAgent;
import io.sidetrace.daemon.Options;
import io.sidetrace.daemon.ops.Ledger;
import io.sidetrace.event.Event;
import io.sidetrace.event.EventBuilder;
import io.sidetrace.event.Frame;
import io.sidetrace.event.Slice;
import io.sidetrace.event.Spool;
import io.sidetrace.harness.Await;
import io.sidetrace.harness.Program;
import io.sidetrace.standin.langfuse.LangfuseStandIn;
import io.sidetrace.standin.langfuse.ReceivedSpan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules that ask for the whole trace, in a daemon between a spool and Langfuse. */
class WholeTraceTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path folder;
  private LangfuseStandIn langfuse;
  private FakeAgent agent;
  private long sequence;

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
  void requestsWithoutLlmCall_areFiltered_andTheLedgerBalances() throws Exception {
    List<Frame> frames = new ArrayList<>();
    for (int trace = 0; trace < 200; trace++) {
      frames.add(span(trace, "work", null));
      if (trace % 4 == 0) {
        frames.add(call(trace));
      }
      frames.add(request(trace, "/x", 200));
    }
    agent.close(frames.toArray(Frame[]::new));

    Ledger.Snapshot ledger;
    try (Daemon daemon = Daemon.start(options().with("drop-without-llm-call", "true").build())) {
      Await.until(
          "all to be settled",
          LIMIT,
          () -> daemon.ledger().received() == 450 && daemon.ledger().pending() == 0,
          () -> daemon.ledger().inWords());
      ledger = daemon.ledger();
    }

    assertThat(ledger.isBalanced()).isTrue();
    assertThat(ledger.exported()).isEqualTo(150);
    assertThat(ledger.filtered()).containsEntry("without-llm-call", 300L);
    assertThat(langfuse.spans().stream().map(ReceivedSpan::traceId).distinct()).hasSize(50);
    assertThat(agent.folder()).isDirectoryNotContaining("glob:**.{sdt,settled}");
  }

  @Test
  void sampledOutTraces_areKept_whenTheyFail_andOneShareInAllServices() throws Exception {
    List<Frame> frames = new ArrayList<>();
    for (int trace = 0; trace < 100; trace++) {
      frames.add(call(trace));
      frames.add(request(trace, "/x", trace == 42 ? 500 : 200));
    }
    agent.close(frames.toArray(Frame[]::new));

    try (Daemon daemon = Daemon.start(options().with("sample-rate", "0").build())) {
      Await.until(
          "all to be settled",
          LIMIT,
          () -> daemon.ledger().received() == 200 && daemon.ledger().pending() == 0,
          () -> daemon.ledger().inWords());
    }

    assertThat(langfuse.spans())
        .hasSize(2)
        .extracting(ReceivedSpan::traceId)
        .containsOnly("%032x".formatted(43));
  }

  @Test
  void contentByRoute_reachesTheCallsOfTheRequest() throws Exception {
    agent.close(
        span(1, "work", "\"salary one\""),
        request(1, "/hr/7", 200),
        span(2, "work", "\"salary two\""),
        request(2, "/shop", 200));

    try (Daemon daemon =
        Daemon.start(options().withFile("mask: {content: [{route: /hr/*, do: drop}]}"))) {
      Await.until(
          "all to be exported",
          LIMIT,
          () -> daemon.ledger().exported() == 4,
          () -> daemon.ledger().inWords());
    }

    assertThat(langfuse.spans().toString()).doesNotContain("salary one").contains("salary two");
  }

  @Test
  void kill_losesNothingThatIsHeld() throws Exception {
    agent.close(span(1, "work", null), span(2, "work", null), call(3));
    Options options = options().with("drop-without-llm-call", "true");
    try (Program daemon = DaemonProcess.start(folder, options)) {
      Await.until("the call", LIMIT, () -> langfuse.received() == 1);
      Await.until("two to be held", LIMIT, () -> metrics(daemon).contains("events_pending 2.0"));
      Await.until("a note of the call", LIMIT, () -> hasNote(agent.folder()));
      daemon.kill();
    }
    assertThat(langfuse.received()).isEqualTo(1);

    agent.close(call(1), call(2), request(1, "/x", 200), request(2, "/x", 200));
    try (Program daemon = DaemonProcess.start(folder, options)) {
      Await.until("the rest", LIMIT, () -> langfuse.received() >= 7);
      assertThat(daemon.stop()).isZero();
    }

    assertThat(langfuse.spans().stream().map(ReceivedSpan::mergeKey))
        .hasSize(7)
        .doesNotHaveDuplicates();
    assertThat(agent.folder()).isDirectoryNotContaining("glob:**.{sdt,settled}");
  }

  @Test
  void term_keepsWhatIsHeld() throws Exception {
    agent.close(span(1, "work", null), span(2, "work", null));

    Daemon daemon = Daemon.start(options().with("drop-without-llm-call", "true").build());
    try {
      Await.until("both", LIMIT, () -> daemon.ledger().received() == 2);
    } finally {
      daemon.close();
    }

    Ledger.Snapshot ledger = daemon.ledger();
    assertThat(ledger.exported()).isEqualTo(2);
    assertThat(langfuse.received()).isEqualTo(2);
  }

  private static boolean hasNote(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(
          file -> file.toString().endsWith(Spool.SETTLED) && file.toFile().length() > 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** No trace is kept because the machine was too busy to read the rest of it in time. */
  private Options options() {
    return Options.in(folder).to(langfuse).with("hold-time", "60s");
  }

  private Frame span(int trace, String name, String input) {
    return frame(event(Event.Kind.SPAN, trace, true).name(name).input(input));
  }

  private Frame call(int trace) {
    return frame(event(Event.Kind.EXCHANGE, trace, true).name("chat"));
  }

  private Frame request(int trace, String route, int status) {
    return frame(
        event(Event.Kind.REQUEST, trace, false)
            .name("GET " + route)
            .http(new Event.Http("GET", route, route, status, null, null, null, null, null)));
  }

  private EventBuilder event(Event.Kind kind, int trace, boolean child) {
    long number = sequence++;
    return FakeAgent.event(kind, number)
        .ids(
            "%032x".formatted(trace + 1),
            "%016x".formatted(number + 1),
            child ? "%016x".formatted(0xffff) : null)
        .times(System.currentTimeMillis() * 1000 + number * 1000, 1_000_000);
  }

  private static Frame frame(EventBuilder event) {
    return new Frame(event.build(), Slice.EMPTY, Slice.EMPTY);
  }

  private static String metrics(Program daemon) {
    try {
      URI uri = URI.create(daemon.await(Pattern.compile("http://127\\S+/metrics"), LIMIT).group());
      return HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
