package io.sidetrace.event;

import java.util.List;
import java.util.Map;

/** The events whose written form is kept in {@code src/test/resources/golden}. */
final class Events {
  static final Event.Origin ORIGIN =
      new Event.Origin("shop", "shop-1-1700000000000", "staging", "1.2.3");
  private static final Event.Origin BARE =
      new Event.Origin("shop", "shop-1-1700000000000", null, null);
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  private Events() {}

  /** What a span has at least. */
  static Event minimal() {
    return Event.builder(Event.Kind.SPAN, BARE)
        .ids(TRACE, "b7ad6b7169203331", null)
        .name("work")
        .times(1_700_000_000_000_000L, 5)
        .build();
  }

  /** A request served, as the agent writes it. */
  static Event request() {
    return Event.builder(Event.Kind.REQUEST, ORIGIN)
        .ids(TRACE, "b7ad6b7169203331", "00f067aa0ba902b7")
        .remoteParent(true)
        .name("POST /orders/{id}")
        .times(1_700_000_000_000_000L, 41_000_000)
        .sequence(0)
        .http(
            new Event.Http(
                "POST",
                "/orders/7?full=1",
                "/orders/{id}",
                500,
                null,
                "application/json",
                "application/json",
                null,
                null))
        .level(Event.Level.ERROR)
        .error(new Event.Failure("java.lang.IllegalStateException", "no stock", "at Shop.java:7"))
        .sizes(new Event.BodySize(3, false, false), new Event.BodySize(70_000, true, false))
        .userId("ada")
        .sessionId("s-1")
        .tags(List.of("a", "b"))
        .metadata(Map.of("requestId", "r-1"))
        .build();
  }

  /** A streamed LLM call, as the agent writes it. */
  static Event exchange() {
    return Event.builder(Event.Kind.EXCHANGE, ORIGIN)
        .ids(TRACE, "53995c3f42cd8ad8", "b7ad6b7169203331")
        .name("POST api.openai.com")
        .times(1_700_000_000_001_000L, 39_000_000)
        .sequence(1)
        .http(
            new Event.Http(
                "POST",
                "https://api.openai.com/v1/chat/completions",
                null,
                200,
                "okhttp",
                "application/json",
                "text/event-stream",
                null,
                "gzip"))
        .chunks(new long[] {0, 900, 512, 1400})
        .sizes(new Event.BodySize(3, false, false), new Event.BodySize(600, false, true))
        .build();
  }

  /** Every key there is. */
  static Event full() {
    return Event.builder(Event.Kind.EXCHANGE, ORIGIN)
        .ids(TRACE, "b7ad6b7169203331", "00f067aa0ba902b7")
        .remoteParent(true)
        .name("chat \"x\" \u00e4 \ud83d\ude00")
        .times(1_700_000_000_000_000L, 41_000_000)
        .sequence(7)
        .level(Event.Level.WARNING)
        .error(new Event.Failure("java.io.IOException", "cut", "at …"))
        .http(
            new Event.Http(
                "POST", "https://h/v1", "/v1", 200, "okhttp", "a/b", "c/d", "gzip", "br"))
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
        .model("gpt-4o", "{\"temperature\":0.50}")
        .usage(Map.of("input", 3L))
        .unknown(Map.of("future", "{\"x\":1E+400}"))
        .build();
  }
}
