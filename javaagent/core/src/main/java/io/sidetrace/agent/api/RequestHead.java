package io.sidetrace.agent.api;

import io.sidetrace.event.Event.Http;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a served request's first line and headers.
 *
 * <p>All headers are looked up in one loop: C2 compiles the library's look-up into each place that
 * asks, 2 KB of machine code, and each copy has to be fetched anew by a request that finds the
 * caches cold.
 */
final class RequestHead {
  private static final int MAX_ID = 200;
  private static final int MAX_LENGTH_DIGITS = 18;

  /** Where each header lies among {@link #names}. */
  private static final int TYPE = 0;

  private static final int ENCODING = 1;
  private static final int LENGTH = 2;
  private static final int PARENT = 3;
  private static final int ID = 4;
  private static final int USER = 5;
  private static final int SESSION = 6;
  private static final int FIRST_TAG = 7;

  private final String method;
  private final String target;
  private final @Nullable String[] values;

  private RequestHead(String method, String target, @Nullable String[] values) {
    this.method = method;
    this.target = target;
    this.values = values;
  }

  /** The headers to {@link #read}, the same for all requests. */
  static String[] names(CaptureSettings settings) {
    List<String> names = new ArrayList<>();
    names.add(TYPE, "Content-Type");
    names.add(ENCODING, "Content-Encoding");
    names.add(LENGTH, "Content-Length");
    names.add(PARENT, TraceParent.HEADER);
    names.add(ID, "X-Request-Id");
    names.add(USER, settings.userHeader());
    names.add(SESSION, settings.sessionHeader());
    names.addAll(FIRST_TAG, settings.tagHeaders());
    return names.toArray(new String[0]);
  }

  /**
   * @param target path and query as the client sent them
   */
  static RequestHead read(String method, String target, HeaderLookup headers, String[] names) {
    @Nullable String[] values = new String[names.length];
    for (int i = 0; i < names.length; i++) {
      String value = headers.get(names[i]);
      values[i] = i <= ENCODING ? value : cut(value);
    }
    return new RequestHead(method, target, values);
  }

  String method() {
    return method;
  }

  @Nullable TraceParent parent() {
    return TraceParent.parse(values[PARENT]);
  }

  @Nullable String contentType() {
    return values[TYPE];
  }

  /** -1 if unknown. */
  long contentLength() {
    return length(values[LENGTH]);
  }

  @Nullable String user() {
    return values[USER];
  }

  @Nullable String session() {
    return values[SESSION];
  }

  /** Headers as tags, {@code X-Tenant=acme}; those that are absent make none. */
  List<String> tags(String[] names) {
    if (names.length == FIRST_TAG) {
      return List.of();
    }
    List<String> tags = new ArrayList<>(names.length - FIRST_TAG);
    for (int i = FIRST_TAG; i < names.length; i++) {
      String value = values[i];
      if (value != null && !value.isEmpty()) {
        tags.add(names[i] + '=' + value);
      }
    }
    return tags;
  }

  /** What names something. Langfuse drops user and session ids over 200 characters. */
  private static @Nullable String cut(@Nullable String value) {
    return value == null || value.length() <= MAX_ID ? value : value.substring(0, MAX_ID);
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
    String id = values[ID];
    return id == null ? Map.of() : Map.of("requestId", id);
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
        values[TYPE],
        responseType,
        values[ENCODING],
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
