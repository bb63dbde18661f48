package io.sidetrace.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the value a parser stands on, or says why it is not what it should be. */
final class Json {
  private static final int SHOWN = 80;

  private Json() {}

  /** The scalar fields of an object; nested values are passed over. */
  static Map<String, String> texts(JsonParser from, String key)
      throws IOException, EventFormatException {
    expect(from.currentToken(), JsonToken.START_OBJECT, key);
    Map<String, String> fields = new LinkedHashMap<>();
    while (from.nextToken() != JsonToken.END_OBJECT) {
      String field = from.currentName();
      JsonToken token = from.nextToken();
      if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
        fields.put(field, from.getText());
      } else {
        from.skipChildren();
      }
    }
    return fields;
  }

  static String text(JsonParser from, String key) throws IOException, EventFormatException {
    expect(from.currentToken(), JsonToken.VALUE_STRING, key);
    return from.getText();
  }

  static long whole(JsonParser from, String key) throws IOException, EventFormatException {
    expect(from.currentToken(), JsonToken.VALUE_NUMBER_INT, key);
    return from.getLongValue();
  }

  static boolean flag(JsonParser from, String key) throws IOException, EventFormatException {
    if (!from.currentToken().isBoolean()) {
      throw new EventFormatException(key + " is neither true nor false");
    }
    return from.getBooleanValue();
  }

  static void expect(@Nullable JsonToken found, JsonToken wanted, String key)
      throws EventFormatException {
    if (found != wanted) {
      throw new EventFormatException(
          key + " is " + name(found) + " where " + name(wanted) + " is expected");
    }
  }

  private static String name(@Nullable JsonToken token) {
    return token == null
        ? "missing"
        : token.name().toLowerCase(Locale.ROOT).replace("value_", "").replace('_', ' ');
  }

  /** A producer's value in a message of ours, cut to a line. */
  static String shown(@Nullable String value) {
    return value == null || value.length() <= SHOWN ? "" + value : value.substring(0, SHOWN) + "…";
  }
}
