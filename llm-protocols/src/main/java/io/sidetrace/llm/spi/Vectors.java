package io.sidetrace.llm.spi;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Counts embedding vectors instead of keeping them. */
public final class Vectors {
  private static final int MAX_DEPTH = 6;

  private int count;
  private int dimensions;

  /**
   * Reads vectors, however wrapped: arrays of numbers, base64 of 32-bit floats, lists of either,
   * objects around them, maps of encodings (of which the first counts).
   *
   * @param whole keep them
   * @return what to show, JSON text; null when there is no vector
   */
  public @Nullable String read(Json json, boolean whole) throws IOException {
    if (whole) {
      return json.rawOrNull();
    }
    add(json, 0);
    return summary();
  }

  /** {@code {"count":n,"dimensions":n}}; null when there is no vector. */
  public @Nullable String summary() {
    return count == 0 ? null : "{\"count\":" + count + ",\"dimensions\":" + dimensions + "}";
  }

  private void add(Json json, int depth) throws IOException {
    if (depth > MAX_DEPTH) {
      json.skip();
    } else if (json.isString()) {
      String base64 = json.text();
      vector(base64 == null ? 0 : base64.length() / 4 * 3 / Float.BYTES);
    } else if (json.isArray()) {
      array(json, depth);
    } else if (json.isObject()) {
      object(json, depth);
    }
  }

  private void array(Json json, int depth) throws IOException {
    int numbers = 0;
    json.array();
    while (json.element()) {
      if (json.isNumber()) {
        numbers++;
      } else {
        add(json, depth + 1);
      }
    }
    if (numbers > 0) {
      vector(numbers);
    }
  }

  private void object(Json json, int depth) throws IOException {
    boolean taken = false;
    json.object();
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "object", "index", "statistics", "id" -> json.skip();
        default -> {
          if (!taken && (json.isArray() || json.isObject() || name.equals("embedding"))) {
            int before = count;
            add(json, depth + 1);
            taken = count > before;
          }
        }
      }
    }
  }

  private void vector(int size) {
    count++;
    dimensions = dimensions == 0 ? size : dimensions;
  }
}
