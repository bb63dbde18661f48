package io.sidetrace.agent.api;

import org.jspecify.annotations.Nullable;

/** Which bodies of a served request are worth keeping: text and JSON, no uploads, no pictures. */
final class MediaTypes {

  private static final String[] TEXTUAL = {
    "text/",
    "application/json",
    "application/x-ndjson",
    "application/xml",
    "application/graphql",
    "application/problem+json",
    "application/x-www-form-urlencoded"
  };

  private MediaTypes() {}

  static boolean isText(@Nullable String contentType) {
    if (contentType == null) {
      return false;
    }
    for (String type : TEXTUAL) {
      if (contentType.regionMatches(true, 0, type, 0, type.length())) {
        return true;
      }
    }
    int semicolon = contentType.indexOf(';');
    int end = semicolon < 0 ? contentType.length() : semicolon;
    while (end > 0 && contentType.charAt(end - 1) == ' ') {
      end--;
    }
    return contentType.regionMatches(true, end - 5, "+json", 0, 5);
  }
}
