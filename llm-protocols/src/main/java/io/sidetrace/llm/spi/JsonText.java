package io.sidetrace.llm.spi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a JSON text from values and from texts that are JSON already. Compact. */
public final class JsonText {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final StringBuilder out;
  private boolean comma;

  public JsonText() {
    this(64);
  }

  public JsonText(int expectedChars) {
    out = new StringBuilder(expectedChars);
  }

  public static String quote(CharSequence text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    quote(text, out);
    return out.toString();
  }

  private static void quote(CharSequence text, StringBuilder out) {
    out.append('"');
    if (isPlain(text)) {
      out.append(text);
    } else {
      JsonStringEncoder.getInstance().quoteAsString(text, out);
    }
    out.append('"');
  }

  /** True when {@code text} is exactly one JSON value and may stand inside another. */
  public static boolean isWhole(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (IOException broken) {
      return false;
    }
  }

  private static boolean isPlain(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  /** A JSON object of fields whose values are JSON texts already. */
  public static String object(Map<String, String> fields) {
    JsonText text = new JsonText().open('{');
    fields.forEach(text::raw);
    return text.close('}').toString();
  }

  /** Opens an object or array as the next element. */
  public JsonText open(char bracket) {
    separate();
    out.append(bracket);
    comma = false;
    return this;
  }

  /** Opens an object or array as a field. */
  public JsonText open(String name, char bracket) {
    name(name);
    out.append(bracket);
    comma = false;
    return this;
  }

  public JsonText close(char bracket) {
    out.append(bracket);
    comma = true;
    return this;
  }

  /** A string field; nothing for null. */
  public JsonText field(String name, @Nullable CharSequence value) {
    if (value != null) {
      name(name);
      quote(value, out);
    }
    return this;
  }

  /** A field whose value is JSON text; nothing for null. */
  public JsonText raw(String name, @Nullable String json) {
    if (json != null) {
      name(name);
      out.append(json);
    }
    return this;
  }

  public JsonText nullField(String name) {
    return raw(name, "null");
  }

  /** An element that is a string. */
  public JsonText element(CharSequence value) {
    separate();
    quote(value, out);
    return this;
  }

  /** An element that is JSON text. */
  public JsonText rawElement(String json) {
    separate();
    out.append(json);
    return this;
  }

  private void name(String name) {
    separate();
    quote(name, out);
    out.append(':');
  }

  private void separate() {
    if (comma) {
      out.append(',');
    }
    comma = true;
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
