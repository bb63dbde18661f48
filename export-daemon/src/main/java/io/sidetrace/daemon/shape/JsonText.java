package io.sidetrace.daemon.shape;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** JSON values as people read them. */
final class JsonText {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonText() {}

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
