package io.sidetrace.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;

/** Reads the question, waits as a model would, and sends what the endpoint makes of the reply. */
final class Answering implements HttpHandler {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FAIL = "fail-";
  private static final String CUT = "cut-stream";

  /** Every n-th frame is sent in two halves, for networks do not know where a frame ends. */
  private static final int SPLIT_EVERY = 5;

  private final Endpoint endpoint;
  private final StandInOptions options;

  Answering(Endpoint endpoint, StandInOptions options) {
    this.endpoint = endpoint;
    this.options = options;
  }

  /** An exception makes the server break the connection; closing the exchange would end it well. */
  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Question question = Question.of(JSON.readTree(exchange.getRequestBody()));
    pause(options.delay());
    Reply reply = Reply.to(question, options.words());
    exchange.getResponseHeaders().set("x-request-id", "req_" + reply.id());
    if (question.model().startsWith(FAIL)) {
      fail(exchange, Integer.parseInt(question.model().substring(FAIL.length())));
    } else if (question.stream()) {
      stream(exchange, endpoint.frames(question, reply), question.model().equals(CUT));
    } else {
      send(exchange, 200, endpoint.plain(question, reply));
    }
    exchange.close();
  }

  private void stream(HttpExchange exchange, List<String> frames, boolean cut) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    pause(options.firstToken());
    int last = cut ? frames.size() / 2 : frames.size();
    for (int i = 0; i < last; i++) {
      byte[] frame = frames.get(i).getBytes(UTF_8);
      int half = i % SPLIT_EVERY == SPLIT_EVERY - 1 ? frame.length / 2 : 0;
      if (half > 0) {
        out.write(frame, 0, half);
        out.flush();
      }
      out.write(frame, half, frame.length - half);
      out.flush();
      pause(options.chunkGap());
    }
    if (cut) {
      throw new IOException("asked to cut the stream");
    }
  }

  private static void fail(HttpExchange exchange, int status) throws IOException {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode error = body.putObject("error");
    error.put("message", "The stand-in was asked to fail with " + status + ".");
    error.put(
        "type",
        status == 429 ? "requests" : status < 500 ? "invalid_request_error" : "server_error");
    error.putNull("param").put("code", status == 429 ? "rate_limit_exceeded" : null);
    send(exchange, status, body);
  }

  private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
    byte[] bytes = body.toString().getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static void pause(Duration time) throws IOException {
    if (time.isZero()) {
      return;
    }
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("closed");
    }
  }
}
