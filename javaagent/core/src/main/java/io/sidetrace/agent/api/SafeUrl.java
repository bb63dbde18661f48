package io.sidetrace.agent.api;

import java.util.Locale;
import java.util.Set;

/** Cuts secrets out of URLs before an event exists. */
final class SafeUrl {
  static final String CUT = "***";

  private static final int MAX_LENGTH = 4096;

  private static final Set<String> SECRET_PARAMETERS =
      Set.of(
          "key",
          "apikey",
          "accesskey",
          "token",
          "accesstoken",
          "authtoken",
          "idtoken",
          "refreshtoken",
          "auth",
          "authorization",
          "password",
          "passwd",
          "pwd",
          "secret",
          "clientsecret",
          "sig",
          "signature",
          "code",
          "jwt",
          "credential",
          "xamzsignature",
          "xamzcredential",
          "xamzsecuritytoken",
          "xgoogapikey",
          "xgoogsignature",
          "xgoogcredential",
          "subscriptionkey");

  private SafeUrl() {}

  /**
   * The URL, or path with query, without user info and fragment, and with {@value #CUT} for the
   * value of each parameter that carries a key, token, password or signature.
   */
  static String of(String url) {
    String safe = url.length() > MAX_LENGTH ? url.substring(0, MAX_LENGTH) : url;
    int fragment = safe.indexOf('#');
    if (fragment >= 0) {
      safe = safe.substring(0, fragment);
    }
    int query = safe.indexOf('?');
    safe = withoutUserInfo(safe, query < 0 ? safe.length() : query);
    query = safe.indexOf('?');
    return query < 0 ? safe : safe.substring(0, query + 1) + safeQuery(safe, query + 1);
  }

  private static String withoutUserInfo(String url, int end) {
    int scheme = url.indexOf("://");
    if (scheme < 0 || scheme > end) {
      return url;
    }
    int host = scheme + 3;
    int slash = url.indexOf('/', host);
    int authorityEnd = slash < 0 || slash > end ? end : slash;
    int at = url.lastIndexOf('@', authorityEnd - 1);
    return at < host ? url : url.substring(0, host) + url.substring(at + 1);
  }

  private static String safeQuery(String url, int start) {
    StringBuilder safe = new StringBuilder(url.length() - start);
    int from = start;
    while (from <= url.length()) {
      int to = parameterEnd(url, from);
      int equals = url.indexOf('=', from);
      if (equals >= 0 && equals < to && isSecret(url.substring(from, equals))) {
        safe.append(url, from, equals + 1).append(CUT);
      } else {
        safe.append(url, from, to);
      }
      if (to < url.length()) {
        safe.append(url.charAt(to));
      }
      from = to + 1;
    }
    return safe.toString();
  }

  /** Parameters end at an ampersand, and with some servers at a semicolon. */
  private static int parameterEnd(String url, int from) {
    for (int i = from; i < url.length(); i++) {
      if (url.charAt(i) == '&' || url.charAt(i) == ';') {
        return i;
      }
    }
    return url.length();
  }

  /** By its letters and digits, decoded: a server reads {@code api%5Fkey} as {@code api_key}. */
  private static boolean isSecret(String parameter) {
    StringBuilder letters = new StringBuilder(parameter.length());
    for (int i = 0; i < parameter.length(); i++) {
      char c = parameter.charAt(i);
      if (c == '%' && i + 2 < parameter.length()) {
        int high = Character.digit(parameter.charAt(i + 1), 16);
        int low = Character.digit(parameter.charAt(i + 2), 16);
        if (high >= 0 && low >= 0) {
          c = (char) (high << 4 | low);
          i += 2;
        }
      }
      if (Character.isLetterOrDigit(c)) {
        letters.append(c);
      }
    }
    return SECRET_PARAMETERS.contains(letters.toString().toLowerCase(Locale.ROOT));
  }
}
