package io.sidetrace.llm;

import io.sidetrace.llm.spi.Draft;
import io.sidetrace.llm.spi.Failures;
import io.sidetrace.llm.spi.Json;
import io.sidetrace.llm.spi.MalformedJson;
import io.sidetrace.llm.spi.Protocol;
import io.sidetrace.llm.spi.Reading;
import io.sidetrace.llm.spi.Target;
import io.sidetrace.llm.wire.Body;
import io.sidetrace.llm.wire.Mender;
import io.sidetrace.llm.wire.Sse;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The reading of one exchange: unwraps its bodies, leads a protocol through them, sums up. */
final class Decoding {
  private static final int MAX_ERROR_CHARS = 4096;

  private final Exchange exchange;
  private final DecodeOptions options;
  private final Target target;
  private final Body request;
  private final Body response;
  private Framing framing;

  /** The request as it is read: the body's bytes, or the same document closed where it was cut. */
  private byte[] requestBytes;

  private int requestStart;
  private boolean requestMended;
  private byte[] responseBytes;
  private int responseStart;
  private boolean responseMended;

  private Draft draft;
  private @Nullable Long firstTokenMicros;
  private boolean damaged;

  Decoding(Exchange exchange, DecodeOptions options) {
    this.exchange = exchange;
    this.options = options;
    this.target = Target.of(exchange.url());
    int max = options.maxDecodedBytes();
    this.request = Body.of(exchange.request(), exchange.requestEncoding(), Chunks.NONE, max);
    this.response =
        Body.of(exchange.response(), exchange.responseEncoding(), exchange.chunks(), max);
    this.framing = Framing.of(exchange.responseType(), response);
    this.requestBytes = request.bytes;
    this.requestStart = request.start;
    this.responseBytes = response.bytes;
    this.responseStart = response.start;
    this.draft = new Draft(options);
  }

  Generation run() {
    Protocol protocol = Protocols.serving(target);
    if (protocol == Unknown.PROTOCOL) {
      protocol = Protocols.resembling(Shapes.of(request, response, framing));
    }
    // Each body is mended at most once, and the framing corrected; then all is read again.
    boolean done = attempt(protocol);
    for (int i = 0; i < 3 && !done; i++) {
      done = attempt(protocol);
    }
    return new Summary(exchange, request, response, framing, draft, damaged, firstTokenMicros)
        .generation();
  }

  /** Reads both bodies into a new draft; false when one had to be mended and all must be reread. */
  private boolean attempt(Protocol protocol) {
    draft = new Draft(options);
    firstTokenMicros = null;
    damaged = responseMended;
    Reading reading = protocol.read(target, draft);
    try {
      if (!readRequest(reading) || !readResponse(reading)) {
        return false;
      }
      reading.finish();
    } catch (IOException | RuntimeException broken) {
      // No input may cost more than its own facts. What was read until here stands.
      damaged = true;
      draft.metadata("decodeError", broken.getClass().getSimpleName());
    }
    return true;
  }

  private boolean readRequest(Reading reading) throws IOException {
    if (request.opaque != null || requestBytes.length - requestStart == 0) {
      return true;
    }
    try {
      Json json = Json.of(requestBytes, requestStart, requestBytes.length);
      if (json.nextRoot() && (json.isObject() || json.isArray())) {
        reading.request(json);
      }
    } catch (MalformedJson notWhole) {
      draft.metadata("requestDamaged", "true");
      if (!requestMended) {
        requestMended = true;
        requestBytes = Mender.mendRequest(requestBytes, requestStart, requestBytes.length);
        requestStart = 0;
        return false;
      }
    }
    return true;
  }

  private boolean readResponse(Reading reading) throws IOException {
    if (response.opaque != null || response.length() == 0) {
      return true;
    }
    if (exchange.status() >= 400) {
      readFailure();
      return true;
    }
    switch (framing) {
      case SSE, LINES, AWS -> {
        boolean done = new EventReader(reading, this::taken).read(framing, response);
        draft.ended |= done;
      }
      case DOCUMENT, ARRAY -> {
        return readDocument(reading);
      }
      case OTHER -> {}
    }
    return true;
  }

  /** An event was read whose last byte stands before {@code bodyEnd}. */
  private void taken(int bodyEnd, boolean whole) {
    damaged |= !whole;
    if (draft.contentSeen && firstTokenMicros == null) {
      firstTokenMicros = response.arrivalMicros(bodyEnd);
    }
  }

  private boolean readDocument(Reading reading) throws IOException {
    try {
      Json json = Json.of(responseBytes, responseStart, responseBytes.length);
      if (!json.nextRoot()) {
        return true;
      }
      if (framing == Framing.ARRAY && json.array()) {
        while (json.element()) {
          reading.event("", json);
          int end = json.end();
          taken(responseMended ? Math.min(response.end, end + response.start) : end, true);
        }
      } else {
        reading.response(json);
        if (framing == Framing.DOCUMENT && goesOn(json)) {
          // More than one document: lines, whatever the header says.
          framing = Framing.LINES;
          return false;
        }
      }
    } catch (MalformedJson notWhole) {
      damaged = true;
      if (!responseMended) {
        responseMended = true;
        responseBytes = Mender.mendResponse(responseBytes, responseStart, responseBytes.length);
        responseStart = 0;
        return false;
      }
    }
    return true;
  }

  private void fail(byte[] bytes, int from, int to) {
    try {
      Json json = Json.of(bytes, from, to);
      if (draft.error == null && json.nextRoot() && (json.isObject() || json.isArray())) {
        draft.error = Failures.read(json);
      }
    } catch (IOException notJson) {
      damaged = true;
    }
  }

  private static boolean goesOn(Json json) {
    try {
      return json.nextRoot() && json.isObject();
    } catch (IOException rubbish) {
      return false;
    }
  }

  private void readFailure() throws IOException {
    if (framing == Framing.SSE) {
      Sse.read(
          responseBytes, responseStart, response.end, (n, b, from, to, at) -> fail(b, from, to));
    } else {
      fail(responseBytes, responseStart, responseBytes.length);
    }
    Failure failure = draft.error;
    if (failure != null && failure.type() == null) {
      // AWS names the type of an error in a header alone, perhaps with a URL behind it.
      String type = exchange.responseHeaders().get("x-amzn-errortype");
      draft.error = new Failure(type == null ? null : type.split(":", 2)[0], failure.message());
    }
    if (failure == null) {
      String text = response.text().strip();
      String words = text.length() > MAX_ERROR_CHARS ? text.substring(0, MAX_ERROR_CHARS) : text;
      draft.error =
          new Failure(null, String.format(Locale.ROOT, "HTTP %d: %s", exchange.status(), words));
    }
  }
}
