package io.sidetrace.agent.api;

import io.sidetrace.event.Event.Http;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a served request's first line and headers.
 *
 * @param target path and query as the client sent them
 * @param contentLength -1 if unknown
 */
record RequestHead(
    String method,
    String target,
    @Nullable String contentType,
    @Nullable String contentEncoding,
    long contentLength,
    @Nullable String requestId) {

  private static final int MAX_ID = 200;
  private static final int MAX_LENGTH_DIGITS = 18;

  static RequestHead read(String method, String target, HeaderLookup headers) {
    return new RequestHead(
        method,
        target,
        headers.get("Content-Type"),
        headers.get("Content-Encoding"),
        length(headers.get("Content-Length")),
        id(headers, "X-Request-Id"));
  }

  /** A header that holds an id. Langfuse drops user and session ids over 200 characters. */
  static @Nullable String id(HeaderLookup headers, String name) {
    String value = headers.get(name);
    return value == null || value.length() <= MAX_ID ? value : value.substring(0, MAX_ID);
  }

  /** Headers as tags, {@code X-Tenant=acme}; those that are absent make none. */
  static List<String> tags(HeaderLookup headers, List<String> names) {
    if (names.isEmpty()) {
      return List.of();
    }
    List<String> tags = new ArrayList<>(names.size());
    for (String name : names) {
      String value = id(headers, name);
      if (value != null && !value.isEmpty()) {
        tags.add(name + '=' + value);
      }
    }
    return tags;
  }

  /**
   * What a proxy's client sends, {@code http://host/path?query}, as everybody else sends it (RFC
   * 9112 3.2.2); other targets stay.
   */
  static String originForm(String target) {
    if (target.startsWith("/")) {
      return target;
    }
    int scheme = target.indexOf("://");
    if (scheme <= 0 || scheme > pathEnd(target)) {
      return target; // an asterisk, a host and port
    }
    int authority = scheme + "://".length();
    int slash = target.indexOf('/', authority);
    int end = pathEnd(target);
    return slash < 0 || slash > end ? '/' + target.substring(end) : target.substring(slash);
  }

  /** Where the query begins, or the end of a target without one. */
  static int pathEnd(String target) {
    int query = target.indexOf('?');
    return query < 0 ? target.length() : query;
  }

  /** What the root is called. */
  String name(@Nullable String route) {
    return method + ' ' + (route == null ? target.substring(0, pathEnd(target)) : route);
  }

  Map<String, String> metadata() {
    return requestId == null ? Map.of() : Map.of("requestId", requestId);
  }

  Http http(
      @Nullable String route,
      int status,
      @Nullable String responseType,
      @Nullable String responseEncoding) {
    return new Http(
        method,
        SafeUrl.of(target),
        route,
        status,
        null,
        contentType,
        responseType,
        contentEncoding,
        responseEncoding);
  }

  /** A {@code Content-Length}; -1 if there is none that can be read. */
  static long length(@Nullable String digits) {
    if (digits == null || digits.isEmpty() || digits.length() > MAX_LENGTH_DIGITS) {
      return -1;
    }
    long length = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      length = length * 10 + digit;
    }
    return length;
  }
}
