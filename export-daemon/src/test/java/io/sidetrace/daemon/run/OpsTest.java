package io.sidetrace.daemon.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.daemon.FakeAgent;
import io.sidetrace.daemon.Options;
import io.sidetrace.event.Spool;
import io.sidetrace.harness.Await;
import io.sidetrace.standin.langfuse.LangfuseStandIn;
import io.sidetrace.standin.langfuse.Reply;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpsTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void metrics_showTheLedgersOfDaemonAndAgents() throws Exception {
    try (LangfuseStandIn langfuse = LangfuseStandIn.start();
        FakeAgent agent = new FakeAgent(folder.resolve("spool"), "demo-1");
        Daemon daemon =
            Daemon.start(Options.in(folder).to(langfuse).with("drop-names", "*2").build())) {
      Files.writeString(agent.folder().resolve(Spool.LEDGER), "{\"captured\":7}");
      agent.close(FakeAgent.frame(1), FakeAgent.frame(2));
      Await.until(
          "the events",
          LIMIT,
          () -> daemon.ledger().exported() == 1 && daemon.ledger().received() == 2);

      String metrics = get(daemon, "/metrics").body();

      assertThat(metrics)
          .contains("sidetrace_events_received_total 2.0")
          .contains("sidetrace_events_exported_total 1.0")
          .contains("sidetrace_events_filtered_total{rule=\"name\"} 1.0")
          .contains("sidetrace_agent_ledger{count=\"captured\"} 7.0")
          .contains("sidetrace_exporter_up{exporter=\"langfuse\"} 1.0");
      assertThat(get(daemon, "/healthz").statusCode()).isEqualTo(200);
      assertThat(get(daemon, "/readyz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void readyz_saysWhatIsWrong() throws Exception {
    try (LangfuseStandIn langfuse = LangfuseStandIn.start();
        FakeAgent agent = new FakeAgent(folder.resolve("spool"), "demo-1");
        Daemon daemon =
            Daemon.start(Options.in(folder).to(langfuse).with("drain-timeout", "0").build())) {
      langfuse.script(request -> Reply.of(401, "no"));
      agent.close(FakeAgent.frame(1));

      Await.until("trouble", LIMIT, () -> status(daemon) == 503);

      assertThat(get(daemon, "/readyz").body()).contains("check LANGFUSE_PUBLIC_KEY");
      assertThat(get(daemon, "/healthz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void status_showsWhereEveryEventIs() throws Exception {
    try (LangfuseStandIn langfuse = LangfuseStandIn.start();
        FakeAgent agent = new FakeAgent(folder.resolve("spool"), "demo-1");
        Daemon daemon =
            Daemon.start(
                Options.in(folder)
                    .to(langfuse)
                    .with("drain-timeout", "0")
                    .with("gap-patience", "0")
                    .build())) {
      agent.close(FakeAgent.frame(1));
      Await.until("the first event", LIMIT, () -> daemon.ledger().exported() == 1);
      langfuse.script(request -> Reply.of(500, "no"));

      agent.close(FakeAgent.frame(2), FakeAgent.frame(5));

      for (String expected :
          new String[] {
            "\"waiting\":1",
            "\"unit\":\"segments\"",
            "\"ready\":false",
            "\"up\":false",
            "\"received\":3,\"exported\":1",
            "\"inFlight\":{\"events\":2",
            "\"missing\":2,\"gaps\":[{\"instance\":\"demo-1\",\"first\":3,\"last\":4"
          }) {
        Await.until(
            expected,
            LIMIT,
            () -> body(daemon, "/status").contains(expected),
            () -> body(daemon, "/status"));
      }
      assertThat(body(daemon, "/status"))
          .containsPattern("\"name\":\"langfuse\".*\"retries\":[1-9]");
      assertThat(body(daemon, "/status.txt"))
          .contains("NOT WELL")
          .contains("! langfuse: ")
          .contains("demo-1: 3 to 4, missing for");
      assertThat(body(daemon, "/ledger")).contains("\"pending\":2,\"balanced\":true");
      assertThat(body(daemon, "/metrics"))
          .contains("sidetrace_sequence_missing 2.0")
          .contains("sidetrace_source_waiting{source=\"spool\"} 1.0")
          .containsPattern("sidetrace_exporter_retries_total\\{exporter=\"langfuse\"} [1-9]");
    }
  }

  @Test
  void status_countsDeadLettersByReason() throws Exception {
    try (LangfuseStandIn langfuse = LangfuseStandIn.start();
        FakeAgent agent = new FakeAgent(folder.resolve("spool"), "demo-1");
        Daemon daemon = Daemon.start(Options.in(folder).to(langfuse).build())) {
      langfuse.script(request -> Reply.of(400, "bad span"));
      agent.close(FakeAgent.frame(1), FakeAgent.frame(2));
      Await.until("the dead letters", LIMIT, () -> daemon.ledger().deadLettered() == 2);

      assertThat(body(daemon, "/status")).containsPattern("\"byReason\":\\{\"langfuse: .*\":2}");
      assertThat(body(daemon, "/metrics"))
          .containsPattern("sidetrace_dead_letters_total\\{reason=\"langfuse: .*\"} 2.0");
    }
  }

  @Test
  void run_goesOnWithoutMetrics_whenThePortIsTaken() throws Exception {
    try (LangfuseStandIn langfuse = LangfuseStandIn.start();
        FakeAgent agent = new FakeAgent(folder.resolve("spool"), "demo-1");
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Daemon daemon =
            Daemon.start(
                Options.in(folder)
                    .to(langfuse)
                    .with("ops-port", "" + taken.getLocalPort())
                    .build())) {
      agent.close(FakeAgent.frame(1));

      Await.until("the event", LIMIT, () -> daemon.ledger().exported() == 1);
    }
  }

  private static String body(Daemon daemon, String path) {
    try {
      return get(daemon, path).body();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static int status(Daemon daemon) {
    try {
      return get(daemon, "/readyz").statusCode();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static HttpResponse<String> get(Daemon daemon, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + daemon.opsPort() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }
}
