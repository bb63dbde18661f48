package io.sidetrace.daemon.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.daemon.DaemonProcess;
import io.sidetrace.daemon.FakeAgent;
import io.sidetrace.daemon.RedisProducer;
import io.sidetrace.event.Event;
import io.sidetrace.event.EventBuilder;
import io.sidetrace.event.Frame;
import io.sidetrace.event.Slice;
import io.sidetrace.harness.Program;
import io.sidetrace.harness.RedisProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TailTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void spool_isFollowedFrameByFrame_andNothingIsTaken() throws Exception {
    Path root = folder.resolve("spool");
    try (FakeAgent agent = new FakeAgent(root, "demo-1")) {
      Path old = agent.close(FakeAgent.frame(1));
      try (Program tail = tail("--spool=" + root)) {
        tail.await(Pattern.compile("following "), LIMIT);
        byte[] segment = FakeAgent.segmentOf(List.of(FakeAgent.frame(2), FakeAgent.frame(3)));
        int half = segment.length - 20;

        Path open = agent.open(Arrays.copyOf(segment, half));
        tail.await(Pattern.compile("span 2"), LIMIT);
        Files.write(
            open, Arrays.copyOfRange(segment, half, segment.length), StandardOpenOption.APPEND);
        tail.await(Pattern.compile("span 3"), LIMIT);

        assertThat(tail.said()).doesNotContain("span 1");
        assertThat(old).exists();
        assertThat(open).exists();
      }
    }
  }

  @Test
  void spool_isReadToTheEnd_ofSegmentsThatTheDaemonDeletes() throws Exception {
    Path root = folder.resolve("spool");
    try (FakeAgent agent = new FakeAgent(root, "demo-1");
        Program tail = tail("--spool=" + root)) {
      tail.await(Pattern.compile("following "), LIMIT);
      byte[] segment = FakeAgent.segmentOf(List.of(FakeAgent.frame(2), FakeAgent.frame(3)));
      Path open = agent.open(Arrays.copyOf(segment, segment.length - 20));
      tail.await(Pattern.compile("span 2"), LIMIT);

      Files.write(
          open,
          Arrays.copyOfRange(segment, segment.length - 20, segment.length),
          StandardOpenOption.APPEND);
      Files.delete(open);

      tail.await(Pattern.compile("span 3"), LIMIT);
    }
  }

  @Test
  void redis_isFollowed_withoutAGroup() throws Exception {
    try (RedisProcess redis = RedisProcess.start(folder.resolve("redis"));
        RedisProducer producer = new RedisProducer(redis.url())) {
      producer.add(FakeAgent.frame(1));
      try (Program tail = tail("--redis=" + redis.url())) {
        tail.await(Pattern.compile("following "), LIMIT);
        producer.add(FakeAgent.frame(2));

        tail.await(Pattern.compile("span 2"), LIMIT);

        assertThat(tail.said()).doesNotContain("span 1");
        assertThat(redis.command("XLEN", "sidetrace:events")).isEqualTo("2");
        assertThat(producer.commands().xinfoGroups("sidetrace:events")).isEmpty();
      }
    }
  }

  @Test
  void filters_chooseWholeTraces() throws Exception {
    Path root = folder.resolve("spool");
    try (FakeAgent agent = new FakeAgent(root, "demo-1");
        Program errors = tail("--spool=" + root, "--errors", "--service=demo-chat");
        Program others = tail("--spool=" + root, "--service=nobody");
        Program routes = tail("--spool=" + root, "--route=/v1/*", "--status=5xx")) {
      for (Program tail : List.of(errors, others, routes)) {
        tail.await(Pattern.compile("following "), LIMIT);
      }
      Frame fine = FakeAgent.frame(1);
      Frame root2 = new Frame(request(2).build(), Slice.EMPTY, Slice.EMPTY);
      Frame child =
          new Frame(
              FakeAgent.event(Event.Kind.SPAN, 3)
                  .ids(
                      String.format("%032x", 3),
                      String.format("%016x", 9),
                      String.format("%016x", 3))
                  .build(),
              Slice.EMPTY,
              Slice.EMPTY);
      agent.close(fine, child, root2);

      errors.await(Pattern.compile("POST /v1/chat"), LIMIT);
      routes.await(Pattern.compile("POST /v1/chat"), LIMIT);

      assertThat(errors.said()).contains("span 3").doesNotContain("span 1");
      assertThat(routes.said()).doesNotContain("span 1");
      assertThat(others.said()).doesNotContain("POST");
    }
  }

  private static EventBuilder request(long number) {
    return FakeAgent.event(Event.Kind.REQUEST, number)
        .name("POST /v1/chat")
        .level(Event.Level.ERROR)
        .http(new Event.Http("POST", "/v1/chat", "/v1/chat", 500, null, null, null, null, null));
  }

  private Program tail(String... arguments) {
    List<String> command = new ArrayList<>(List.of("tail"));
    command.addAll(List.of(arguments));
    return DaemonProcess.sidetrace(folder, command);
  }
}
