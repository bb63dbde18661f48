package io.sidetrace.benchmarks.corpus;

import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.HeaderLookup;
import io.sidetrace.agent.api.ServerCall;
import io.sidetrace.agent.api.Span;
import java.util.Map;
import java.util.Objects;

/**
 * What an instrumented service does to the call APIs for one request with one LLM call: the same
 * calls in the same order, without a server or a client.
 */
public final class Capture {
  private static final Map<String, String> HEADERS =
      Map.of(
          "content-type", "application/json",
          "content-length", "700",
          "x-user-id", "user-7",
          "x-session-id", "session-7",
          "x-request-id", "0d1f6a52-92ab-4d46-9df5-1f0c37b1a7d7");

  private static final HeaderLookup LOOKUP = name -> HEADERS.get(lowerCase(name));

  private Capture() {}

  /** A served request, a controller's span and an LLM call: three events. */
  public static void trace(Conversation conversation, byte[] question, byte[] answer) {
    ServerCall server = server(question);
    Context previous = Context.attach(server.context());
    Span span = Span.begin("ChatController.complete", "span");
    exchange(conversation);
    if (span != null) {
      span.end(null);
    }
    Context.restore(previous);
    answer(server, answer);
  }

  /** A served request: one event. */
  public static void request(byte[] question, byte[] answer) {
    ServerCall server = server(question);
    Context previous = Context.attach(server.context());
    Context.restore(previous);
    answer(server, answer);
  }

  /** An LLM call in the context there is: one event. */
  public static void exchange(Conversation conversation) {
    ClientCall call =
        Objects.requireNonNull(
            ClientCall.begin("okhttp", "POST", "https://api.openai.com/v1/chat/completions"));
    byte[] request = conversation.request();
    call.requestHead("application/json", null, request.length);
    call.requestBytes(request, 0, request.length);
    String type = conversation.streamed() ? "text/event-stream; charset=utf-8" : "application/json";
    call.responseHead(200, type, null, length(conversation));
    for (byte[] chunk : conversation.chunks()) {
      call.responseBytes(chunk, 0, chunk.length);
    }
    call.end();
  }

  /** What {@code Content-Length} says: nothing of a stream. */
  private static long length(Conversation conversation) {
    return conversation.streamed() ? -1 : conversation.chunks().get(0).length;
  }

  private static ServerCall server(byte[] question) {
    ServerCall server =
        Objects.requireNonNull(ServerCall.begin("POST", "/v1/chat/completions", LOOKUP));
    server.requestBytes(question, 0, question.length);
    server.route("/v1/chat/completions");
    return server;
  }

  private static void answer(ServerCall server, byte[] answer) {
    server.responseHead("application/json", null, answer.length);
    server.responseBytes(answer, 0, answer.length);
    server.end(200, null);
  }

  /** Of a header's name as the agent asks for it, without allocating. */
  private static String lowerCase(String name) {
    return switch (name) {
      case "Content-Type" -> "content-type";
      case "Content-Length" -> "content-length";
      case "X-User-Id" -> "x-user-id";
      case "X-Session-Id" -> "x-session-id";
      case "X-Request-Id" -> "x-request-id";
      default -> name;
    };
  }
}
