package io.sidetrace.daemon.export.langfuse;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import org.jspecify.annotations.Nullable;

/** A flat JSON object of numbers. */
final class JsonObject {
  private final StringBuilder json = new StringBuilder();

  void number(String key, String number) {
    json.append(json.isEmpty() ? '{' : ',').append('"');
    JsonStringEncoder.getInstance().quoteAsString(key, json);
    json.append("\":").append(number);
  }

  /** Null if nothing was put in. */
  @Nullable String orNull() {
    return json.isEmpty() ? null : json + "}";
  }
}
