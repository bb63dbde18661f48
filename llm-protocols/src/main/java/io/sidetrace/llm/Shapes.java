package io.sidetrace.llm;

import io.sidetrace.llm.spi.Json;
import io.sidetrace.llm.spi.Shape;
import io.sidetrace.llm.wire.Body;
import io.sidetrace.llm.wire.Frames;
import io.sidetrace.llm.wire.Lines;
import io.sidetrace.llm.wire.Sse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at the outside of bodies whose URL says nothing. */
final class Shapes {
  private static final int MAX_NAMES = 64;

  private Shapes() {}

  static Shape of(Body request, Body response, Framing framing) {
    Map<String, @Nullable String> asked = names(request.bytes, request.start, request.end);
    Map<String, @Nullable String> answered = new HashMap<>();
    Frames first =
        (name, bytes, start, end, bodyEnd) -> {
          if (answered.isEmpty()) {
            answered.putAll(names(bytes, start, end));
          }
        };
    switch (framing) {
      case SSE -> Sse.read(response.bytes, response.start, response.end, first);
      case LINES -> Lines.read(response.bytes, response.start, response.end, first);
      default -> first.frame("", response.bytes, response.start, response.end, response.end);
    }
    return new Shape(
        asked.keySet(), answered.keySet(), answered.get("object"), answered.get("type"));
  }

  /** Names at the top of a document, with the short scalars among their values. */
  private static Map<String, @Nullable String> names(byte[] bytes, int start, int end) {
    Map<String, @Nullable String> names = new HashMap<>();
    try {
      Json json = Json.of(bytes, start, end);
      if (json.nextRoot() && json.object()) {
        for (String name; (name = json.field()) != null && names.size() < MAX_NAMES; ) {
          names.put(name, name.equals("object") || name.equals("type") ? json.text() : null);
        }
      }
    } catch (IOException brokenOff) {
      // The names before the break are what can be known.
    }
    return names;
  }
}
