package io.sidetrace.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FrameTest {

  private static final Event.Origin ORIGIN =
      new Event.Origin("shop", "shop-1-1700000000000", "staging", "1.2.3");

  private final FrameEncoder encoder = new FrameEncoder();

  @Test
  void everyPartOfAnEventSurvivesTheFrame() throws Exception {
    Event event = full();

    encoder.append(new Frame(event, Slice.ofUtf8("ask"), Slice.ofUtf8("answer")), 7);

    FrameReader.Whole whole = (FrameReader.Whole) new FrameReader(encoder.bytes()).next();
    assertThat(new EventReader().read(whole.event())).usingRecursiveComparison().isEqualTo(event);
    assertThat(whole.request().toUtf8()).isEqualTo("ask");
    assertThat(whole.response().toUtf8()).isEqualTo("answer");
  }

  @Test
  void aChangedFrameCostsNoOther() {
    Frame frame = new Frame(minimal(), Slice.EMPTY, Slice.EMPTY);
    int first = encoder.append(frame, 0);
    encoder.append(frame, 1);
    byte[] bytes = encoder.bytes().toBytes().clone();
    bytes[first - 1] ^= 1;

    FrameReader reader = new FrameReader(Slice.of(bytes));

    assertThat(reader.next()).isInstanceOf(FrameReader.Corrupt.class);
    assertThat(reader.next()).isInstanceOf(FrameReader.Whole.class);
    assertThat(reader.next()).isNull();
    assertThat(reader.cut()).isFalse();
  }

  @Test
  void everyCutLeavesTheWholeFramesBeforeIt() {
    Frame frame = new Frame(minimal(), Slice.ofUtf8("q"), Slice.ofUtf8("r"));
    int first = encoder.append(frame, 0);
    int second = encoder.append(frame, 1);
    byte[] bytes = encoder.bytes().toBytes();

    for (int length = first + 1; length < first + second; length++) {
      FrameReader reader = new FrameReader(new Slice(bytes, 0, length));

      assertThat(reader.next()).isInstanceOf(FrameReader.Whole.class);
      assertThat(reader.next()).isNull();
      assertThat(reader.cut()).isTrue();
      assertThat(reader.position()).isEqualTo(first);
    }
  }

  @Test
  void anUnknownVersionIsNamed() {
    assertThatThrownBy(() -> new EventReader().read(Slice.ofUtf8("{\"v\":9,\"kind\":\"request\"}")))
        .isInstanceOf(EventFormatException.class)
        .hasMessage("event has version 9; 1 is known here");
  }

  private static Event minimal() {
    return Event.builder(Event.Kind.SPAN, ORIGIN)
        .ids("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", null)
        .name("work")
        .times(1_700_000_000_000_000L, 5)
        .build();
  }

  private static Event full() {
    return Event.builder(Event.Kind.EXCHANGE, ORIGIN)
        .ids("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", "00f067aa0ba902b7")
        .remoteParent(true)
        .name("POST api.openai.com")
        .times(1_700_000_000_000_000L, 41_000_000)
        .sequence(7)
        .level(Event.Level.ERROR)
        .error(new Event.Failure("java.io.IOException", "cut", "at …"))
        .http(
            new Event.Http(
                "POST",
                "https://api.openai.com/v1/chat/completions",
                "/v1/chat/completions",
                200,
                "okhttp",
                "application/json",
                "text/event-stream",
                null,
                "gzip"))
        .chunks(new long[] {0, 900, 512, 1400})
        .sizes(new Event.BodySize(3, false, false), new Event.BodySize(9_000, true, true))
        .userId("ada")
        .sessionId("s-1")
        .tags(List.of("a", "b"))
        .metadata(Map.of("requestId", "r-1"))
        .prompt(new Event.Prompt("greet", 3))
        .type("generation")
        .input("{\"a\":[1]}")
        .output("\"text\"")
        .model("gpt-4o", "{\"temperature\":0.5}")
        .usage(Map.of("input", 3L))
        .unknown(Map.of("future", "{\"x\":1}"))
        .build();
  }
}
