package io.sidetrace.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** The chat service's web side. */
@RestController
class ChatController {
  private final LanguageModel model;
  private final Relay relay;

  ChatController(LanguageModel model, Relay relay) {
    this.model = model;
    this.relay = relay;
  }

  @PostMapping("/v1/chat/completions")
  ChatAnswer complete(@RequestBody ChatRequest request) {
    return model.complete(request);
  }

  /** Server-sent events, one for each piece of the answer, {@code [DONE]} at the end. */
  @PostMapping("/v1/chat/stream")
  ResponseEntity<StreamingResponseBody> stream(@RequestBody ChatRequest request) {
    StreamingResponseBody events =
        out -> {
          model.stream(request, piece -> send(out, piece));
          send(out, "[DONE]");
        };
    // A bare StreamingResponseBody would go out without a content type, whatever "produces" says.
    return ResponseEntity.ok().contentType(MediaType.TEXT_EVENT_STREAM).body(events);
  }

  /** Passes an OpenAI request on as it is, by java.net.http. */
  @PostMapping(path = "/v1/relay", produces = MediaType.APPLICATION_JSON_VALUE)
  byte[] relay(@RequestBody byte[] request) throws IOException, InterruptedException {
    return relay.send(request);
  }

  @PostMapping("/v1/fail")
  ChatAnswer fail(@RequestBody ChatRequest request) {
    throw new IllegalStateException("no model wants " + request.messages().size() + " messages");
  }

  private static void send(OutputStream out, String piece) {
    try {
      out.write(("data: " + piece + "\n\n").getBytes(UTF_8));
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
