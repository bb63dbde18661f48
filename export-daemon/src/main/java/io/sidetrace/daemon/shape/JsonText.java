package io.sidetrace.daemon.shape;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/** JSON values as people read them. */
public final class JsonText {
  /** Without Jackson's limits: what is read here is in memory already, and is not nested by us. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .streamWriteConstraints(
              StreamWriteConstraints.builder().maxNestingDepth(Integer.MAX_VALUE).build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private JsonText() {}

  /** Its locations are offsets in {@code text}. */
  public static JsonParser parser(String text) throws IOException {
    return JSON.createParser(text.toCharArray());
  }

  static JsonGenerator generator(Writer to) throws IOException {
    return JSON.createGenerator(to);
  }

  /** True if the text begins as an object, an array or a string does. */
  public static boolean isLikely(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isWhitespace(c)) {
        return c == '{' || c == '[' || c == '"';
      }
    }
    return false;
  }

  /** The text of a JSON string without its quotes; any other value as it is. */
  static @Nullable String plain(@Nullable String json) {
    if (json == null || !json.startsWith("\"")) {
      return json;
    }
    try (JsonParser from = JSON.createParser(json)) {
      return from.nextToken() == JsonToken.VALUE_STRING ? from.getText() : json;
    } catch (IOException e) {
      return json;
    }
  }
}
