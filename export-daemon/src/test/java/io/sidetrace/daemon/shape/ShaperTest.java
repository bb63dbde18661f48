package io.sidetrace.daemon.shape;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.daemon.FakeAgent;
import io.sidetrace.event.Event;
import io.sidetrace.event.EventBuilder;
import io.sidetrace.event.Slice;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class ShaperTest {
  private static final Shaper SHAPER = new Shaper(new Shaper.Defaults("from-options", "r1"));
  private static final String CHAT = "http://x/v1/chat/completions";

  @Test
  void request_isARootWithItsBodies() {
    Observation root = SHAPER.shape(request(200).build(), text("hi"), text("ho"));

    assertThat(root.type()).isEqualTo("span");
    assertThat(root.trace().name()).isEqualTo("span 1");
    assertThat(root.trace().environment()).isEqualTo("from-options");
    assertThat(root.content().input()).isEqualTo("hi");
    assertThat(root.content().output()).isEqualTo("ho");
    assertThat(root.content().metadata()).containsEntry("http.status", "200");
  }

  @Test
  void request_isAsBadAsItsStatus() {
    assertThat(level(request(200))).isEqualTo(Event.Level.DEFAULT);
    assertThat(level(request(404))).isEqualTo(Event.Level.WARNING);
    assertThat(level(request(500))).isEqualTo(Event.Level.ERROR);
    assertThat(level(request(200).error(new Event.Failure("X", null, null))))
        .isEqualTo(Event.Level.ERROR);
  }

  @Test
  void request_withARemoteParent_isAnAppRoot_andNamesTheTrace() {
    Event event =
        request(200)
            .ids("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", "00f067aa0ba902b8")
            .remoteParent(true)
            .build();

    Observation root = SHAPER.shape(event, Slice.EMPTY, Slice.EMPTY);

    assertThat(root.identity().appRoot()).isTrue();
    assertThat(root.trace().name()).isEqualTo("span 1");
  }

  @Test
  void body_isUnpacked_andNeverEndsWithinACharacter() throws Exception {
    byte[] utf8 = "naïve 😀".getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(utf8);
    }

    assertThat(BodyText.of(Slice.of(packed.toByteArray()), null, "gzip", null))
        .isEqualTo("naïve 😀");
    for (int cut = 1; cut < 4; cut++) {
      Slice shorter = Slice.of(Arrays.copyOf(utf8, utf8.length - cut));
      assertThat(BodyText.of(shorter, null, null, null)).isEqualTo("naïve ");
    }
    assertThat(BodyText.of(Slice.of(utf8), null, null, new Event.BodySize(99, true, false)))
        .isEqualTo("naïve 😀… [captured 11 of 99 bytes]");
    assertThat(BodyText.of(Slice.of(utf8), null, "br", null))
        .isEqualTo("[11 bytes in br encoding]");
  }

  @Test
  void exchange_isAGeneration_withWhatTheProviderSaidWentWrong() {
    Event event = exchange(429).build();

    Observation failed =
        SHAPER.shape(
            event,
            text("{\"model\":\"m\",\"messages\":[]}"),
            text("{\"error\":{\"type\":\"rate_limit\",\"message\":\"slow down\"}}"));

    assertThat(failed.type()).isEqualTo("generation");
    assertThat(failed.level()).isEqualTo(Event.Level.ERROR);
    assertThat(failed.statusMessage()).isEqualTo("rate_limit: slow down");
    assertThat(failed.trace().name()).isEqualTo("span 1");
  }

  @Test
  void exchange_thatNobodyUnderstands_keepsItsBodies() {
    Event event =
        FakeAgent.event(Event.Kind.EXCHANGE, 1)
            .http(new Event.Http("POST", "http://x/foo", null, 200, null, null, null, null, null))
            .build();

    Observation raw = SHAPER.shape(event, text("in"), text("out"));

    assertThat(raw.name()).isEqualTo("span 1");
    assertThat(raw.content().input()).isEqualTo("in");
    assertThat(raw.content().output()).isEqualTo("out");
  }

  @Test
  void exchange_thatWasClosedEarly_isMarked() {
    Event event = exchange(200).sizes(null, new Event.BodySize(20, false, true)).build();

    Observation cut =
        SHAPER.shape(
            event,
            text("{\"model\":\"m\",\"messages\":[],\"stream\":true}"),
            text("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"He\"}}]}\n\n"));

    assertThat(cut.content().metadata()).containsEntry("incomplete", "true");
    assertThat(cut.content().output()).contains("He");
  }

  @Test
  void exchange_withTimesOutOfOrder_isStillDecoded() {
    Event event = exchange(200).chunks(new long[] {50, 1, 10, 2}).build();

    Observation decoded =
        SHAPER.shape(
            event,
            text("{\"model\":\"m\",\"messages\":[]}"),
            text("{\"model\":\"m\",\"choices\":[{\"message\":{\"content\":\"Hi\"}}]}"));

    assertThat(decoded.model().name()).isEqualTo("m");
  }

  @Test
  void producers_thatKnow_areBelieved() {
    Event event =
        FakeAgent.event(Event.Kind.SPAN, 1)
            .type("TOOL")
            .input("\"text\"")
            .output("{\"a\":1}")
            .model("m", "{}")
            .usage(Map.of("input", 3L))
            .unknown(Map.of("traceName", "\"told\"", "version", "\"2\""))
            .build();

    Observation told = SHAPER.shape(event, Slice.EMPTY, Slice.EMPTY);

    assertThat(told.type()).isEqualTo("tool");
    assertThat(told.content().input()).isEqualTo("text");
    assertThat(told.content().output()).isEqualTo("{\"a\":1}");
    assertThat(told.model().usage()).containsEntry("input", 3L);
    assertThat(told.trace().name()).isEqualTo("told");
    assertThat(told.trace().version()).isEqualTo("2");
  }

  private static EventBuilder request(int status) {
    return FakeAgent.event(Event.Kind.REQUEST, 1)
        .http(new Event.Http("GET", "/x", null, status, null, null, null, null, null));
  }

  private static EventBuilder exchange(int status) {
    return FakeAgent.event(Event.Kind.EXCHANGE, 1)
        .http(new Event.Http("POST", CHAT, null, status, null, null, null, null, null));
  }

  private static Event.Level level(EventBuilder event) {
    return SHAPER.shape(event.build(), Slice.EMPTY, Slice.EMPTY).level();
  }

  private static Slice text(String text) {
    return Slice.ofUtf8(text);
  }
}
