package io.sidetrace.daemon.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.daemon.FakeAgent;
import io.sidetrace.daemon.Options;
import io.sidetrace.daemon.RedisProducer;
import io.sidetrace.daemon.ops.Ledger;
import io.sidetrace.event.Event;
import io.sidetrace.event.Frame;
import io.sidetrace.event.Slice;
import io.sidetrace.harness.Await;
import io.sidetrace.harness.RedisProcess;
import io.sidetrace.standin.langfuse.LangfuseStandIn;
import io.sidetrace.standin.langfuse.ReceivedSpan;
import io.sidetrace.standin.langfuse.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several projects of Langfuse, one of which may fail. */
class ProjectsTest {
  /** A project that fails is asked less and less often, every 30 s in the end. */
  private static final Duration LIMIT = Duration.ofSeconds(90);

  @TempDir Path folder;
  private LangfuseStandIn main;
  private LangfuseStandIn clinic;

  @BeforeEach
  void start() throws Exception {
    main = LangfuseStandIn.start();
    clinic = LangfuseStandIn.start();
  }

  @AfterEach
  void stop() {
    main.close();
    clinic.close();
    assertThat(main.problems()).isEmpty();
    assertThat(clinic.problems()).isEmpty();
  }

  @Test
  void events_goToTheFirstProjectThatTakesThem() throws Exception {
    try (FakeAgent agent = new FakeAgent(folder.resolve("spool"), "demo-1");
        Daemon daemon =
            Daemon.start(
                options()
                    .withFile(
                        projects("service: clinic-*")
                            + projects("tag: tenant=c*")
                                .replace("projects:\n", "")
                                .replace("name: clinic", "name: tenant")
                            + projects("environment: ward")
                                .replace("projects:\n", "")
                                .replace("name: clinic", "name: ward")))) {
      agent.close(
          of("clinic-a", null, List.of(), 1),
          of("shop", null, List.of("a", "tenant=clinic"), 2),
          of("shop", "ward", List.of(), 3),
          of("shop", null, List.of("tenant=shop"), 4));

      Await.until("all", LIMIT, () -> daemon.ledger().exported() == 4);
    }

    assertThat(names(clinic)).containsExactlyInAnyOrder("span 1", "span 2", "span 3");
    assertThat(names(main)).containsExactly("span 4");
  }

  @Test
  void aFailingProject_doesNotHoldUpTheOthers_andLosesNothing() throws Exception {
    clinic.script(request -> Reply.of(500, "down"));
    var agent = new FakeAgent(folder.resolve("spool"), "demo-1");
    Daemon daemon =
        Daemon.start(options().with("in-flight", "600").withFile(projects("service: clinic-*")));
    // The daemon ends first: it would remove the folder of an agent that is gone.
    try (agent;
        daemon) {
      for (int from = 0; from < 10_000; from += 1000) {
        agent.close(mixed(from, from + 1000));
      }
      Await.until(
          "the main project's events",
          LIMIT,
          () -> main.received() == 5000,
          () -> daemon.ledger().inWords());
      assertThat(clinic.received()).isZero();
      assertThat(daemon.ledger().pending()).isLessThan(2000); // a window more than its share

      clinic.script(request -> Reply.ok());
      Await.until(
          "the other project's events",
          LIMIT,
          () -> daemon.ledger().exported() == 10_000,
          () -> daemon.ledger().inWords());
    }
    assertThat(agent.folder()).isDirectoryNotContaining("glob:**.{sdt,settled}");

    Ledger.Snapshot ledger = daemon.ledger();
    assertThat(ledger.isBalanced()).isTrue();
    assertThat(names(clinic)).hasSize(5000).doesNotHaveDuplicates();
    assertThat(names(main)).hasSize(5000).doesNotHaveDuplicates();
  }

  @Test
  void aFailingProject_doesNotHoldUpTheOthers_onRedis() throws Exception {
    clinic.script(request -> Reply.of(503, "later"));
    try (RedisProcess redis = RedisProcess.start(folder.resolve("redis"));
        RedisProducer producer = new RedisProducer(redis.url());
        Daemon daemon =
            Daemon.start(
                options()
                    .with("in-flight", "300")
                    .with("spool", "none")
                    .with("redis", redis.url())
                    .withFile(projects("service: clinic-*")))) {
      for (int from = 0; from < 1000; from += 20) {
        producer.add(mixed(from, from + 20));
      }
      Await.until("the main project's events", LIMIT, () -> main.received() == 500);
      assertThat(clinic.received()).isZero();

      clinic.script(request -> Reply.ok());

      Await.until(
          "the rest",
          LIMIT,
          () -> daemon.ledger().exported() == 1000,
          () -> daemon.ledger().inWords());
      Await.until(
          "an empty stream", LIMIT, () -> redis.command("XLEN", "sidetrace:events").equals("0"));
    }
    assertThat(names(clinic)).hasSize(500).doesNotHaveDuplicates();
  }

  private Options options() {
    return Options.in(folder).to(main).with("parallel", "1");
  }

  private String projects(String when) {
    return """
    projects:
      - name: clinic
        %s
        url: %s
        public-key: %s
        secret-key: %s
    """
        .formatted(when, clinic.url(), LangfuseStandIn.PUBLIC_KEY, LangfuseStandIn.SECRET_KEY);
  }

  private static Frame[] mixed(long from, long to) {
    return LongStream.range(from, to)
        .mapToObj(n -> of(n % 2 == 0 ? "clinic-a" : "shop", null, List.of(), n))
        .toArray(Frame[]::new);
  }

  private static Frame of(String service, String environment, List<String> tags, long number) {
    Event event =
        Event.builder(Event.Kind.SPAN, new Event.Origin(service, service + "-1", environment, null))
            .ids("%032x".formatted(number + 1), "%016x".formatted(number + 1), null)
            .name("span " + number)
            .times(1_700_000_000_000_000L + number * 1000, 1_000_000)
            .sequence(number)
            .tags(tags)
            .build();
    return new Frame(event, Slice.EMPTY, Slice.EMPTY);
  }

  private static List<String> names(LangfuseStandIn langfuse) {
    return langfuse.spans().stream().map(ReceivedSpan::name).toList();
  }
}
