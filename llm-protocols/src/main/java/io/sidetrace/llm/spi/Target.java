package io.sidetrace.llm.spi;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where an exchange went: the parts of its URL that decide the protocol.
 *
 * @param host in lower case, without port; empty when the URL is only a path
 * @param path percent-decoded, without a slash at its end
 * @param query undecoded, empty when there is none
 */
public record Target(String host, String path, String query) {

  /** Reads a URL or a path; never throws. */
  public static Target of(String url) {
    int fragment = url.indexOf('#');
    String rest = fragment < 0 ? url : url.substring(0, fragment);
    int question = rest.indexOf('?');
    String query = question < 0 ? "" : rest.substring(question + 1);
    rest = question < 0 ? rest : rest.substring(0, question);
    String host = "";
    int scheme = rest.indexOf("://");
    if (scheme >= 0) {
      int slash = rest.indexOf('/', scheme + 3);
      host = slash < 0 ? rest.substring(scheme + 3) : rest.substring(scheme + 3, slash);
      rest = slash < 0 ? "" : rest.substring(slash);
      host = host.substring(host.lastIndexOf('@') + 1);
      int port = host.lastIndexOf(':');
      host = (port < 0 ? host : host.substring(0, port)).toLowerCase(Locale.ROOT);
    }
    String path = decode(rest);
    while (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    return new Target(host, path, query);
  }

  /** What stands between {@code before} and the next slash, colon verb or end; null if absent. */
  public @Nullable String segmentAfter(String before) {
    int at = path.indexOf(before);
    if (at < 0) {
      return null;
    }
    int from = at + before.length();
    int slash = path.indexOf('/', from);
    String segment = slash < 0 ? path.substring(from) : path.substring(from, slash);
    return segment.isEmpty() ? null : segment;
  }

  public boolean ends(String suffix) {
    return path.endsWith(suffix);
  }

  private static String decode(String path) {
    if (path.indexOf('%') < 0) {
      return path;
    }
    try {
      return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException badEscape) {
      return path;
    }
  }
}
