package io.sidetrace.daemon;

import io.sidetrace.event.Event;
import io.sidetrace.event.EventBuilder;
import io.sidetrace.event.Frame;
import io.sidetrace.event.Slice;
import java.util.ArrayList;
import java.util.List;

/** What an agent captures of one streaming chat request: the call, the controller, the request. */
public final class DemoTrace {
  public static final long START = 1_763_812_800_000_000L;

  private DemoTrace() {}

  /** Children first, as they end. */
  public static List<Frame> frames(long number) {
    String trace = String.format("4bf92f3577b34da6a3ce%012x", number);
    String root = String.format("00f067aa%08x", number);
    String controller = String.format("00f067ab%08x", number);
    String call = String.format("00f067ac%08x", number);
    return List.of(
        exchange(trace, call, controller, number * 3),
        span(trace, controller, root, number * 3 + 1),
        request(trace, root, number * 3 + 2));
  }

  private static EventBuilder begin(Event.Kind kind, long sequence) {
    Event.Origin origin = new Event.Origin("demo-chat", "demo-chat-4711", "production", "1.2.3");
    return Event.builder(kind, origin)
        .sequence(sequence)
        .userId("ada")
        .sessionId("s-1")
        .tags(List.of("demo"));
  }

  private static Frame request(String trace, String root, long sequence) {
    Slice body = Slice.ofUtf8("{\"message\":\"How are you?\"}");
    Slice answer = Slice.ofUtf8("data: Fine,\n\ndata:  thank you.\n\n");
    Event event =
        begin(Event.Kind.REQUEST, sequence)
            .ids(trace, root, null)
            .name("POST /v1/chat/completions")
            .times(START, 1_240_000_000L)
            .http(
                new Event.Http(
                    "POST",
                    "/v1/chat/completions?x=1",
                    "/v1/chat/completions",
                    200,
                    null,
                    "application/json",
                    "text/event-stream",
                    null,
                    null))
            .sizes(
                new Event.BodySize(body.length(), false, false),
                new Event.BodySize(answer.length(), false, false))
            .build();
    return new Frame(event, body, answer);
  }

  private static Frame span(String trace, String span, String parent, long sequence) {
    Event event =
        begin(Event.Kind.SPAN, sequence)
            .ids(trace, span, parent)
            .name("ChatController.complete")
            .times(START + 2_000, 1_230_000_000L)
            .build();
    return new Frame(event, Slice.EMPTY, Slice.EMPTY);
  }

  private static Frame exchange(String trace, String span, String parent, long sequence) {
    Slice body =
        Slice.ofUtf8(
            "{\"model\":\"qwen-emotion\",\"messages\":[{\"role\":\"system\",\"content\":\"Be kind.\"},"
                + "{\"role\":\"user\",\"content\":\"How are you?\"}],\"temperature\":0.2,"
                + "\"max_tokens\":64,\"stream\":true,\"stream_options\":{\"include_usage\":true}}");
    List<String> events =
        List.of(
            delta("\"role\":\"assistant\",\"content\":\"\"", "null"),
            delta("\"content\":\"Fine,\"", "null"),
            delta("\"content\":\" thank you.\"", "null"),
            delta("", "\"stop\""),
            "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1763812800,"
                + "\"model\":\"qwen-emotion-2\",\"choices\":[],\"usage\":{\"prompt_tokens\":21,"
                + "\"completion_tokens\":9,\"total_tokens\":30,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":16}}}\n\n",
            "data: [DONE]\n\n");
    List<Long> chunks = new ArrayList<>();
    StringBuilder answer = new StringBuilder();
    for (int i = 0; i < events.size(); i++) {
      chunks.add((long) answer.length());
      chunks.add(180_000L + 30_000L * i);
      answer.append(events.get(i));
    }
    Slice stream = Slice.ofUtf8(answer.toString());
    Event event =
        begin(Event.Kind.EXCHANGE, sequence)
            .ids(trace, span, parent)
            .name("POST /v1/chat/completions")
            .times(START + 10_000, 1_200_000_000L)
            .http(
                new Event.Http(
                    "POST",
                    "http://localhost:8000/v1/chat/completions",
                    null,
                    200,
                    "okhttp",
                    "application/json",
                    "text/event-stream",
                    null,
                    null))
            .chunks(chunks.stream().mapToLong(Long::longValue).toArray())
            .sizes(
                new Event.BodySize(body.length(), false, false),
                new Event.BodySize(stream.length(), false, false))
            .build();
    return new Frame(event, body, stream);
  }

  private static String delta(String delta, String finish) {
    return "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1763812800,"
        + "\"model\":\"qwen-emotion-2\",\"choices\":[{\"index\":0,\"delta\":{"
        + delta
        + "},\"finish_reason\":"
        + finish
        + "}]}\n\n";
  }

  /** Spools {@code args[1]} traces under the root {@code args[0]}, to try a daemon by hand. */
  public static void main(String[] args) throws Exception {
    try (FakeAgent agent =
        new FakeAgent(java.nio.file.Path.of(args[0]), "demo-" + System.nanoTime())) {
      for (int i = 0; i < Integer.parseInt(args[1]); i++) {
        agent.close(frames(i).toArray(new Frame[0]));
      }
    }
  }
}
