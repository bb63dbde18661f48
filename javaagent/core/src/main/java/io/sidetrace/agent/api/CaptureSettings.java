package io.sidetrace.agent.api;

import io.sidetrace.event.Event.Origin;
import java.util.List;

/**
 * What is captured of each call.
 *
 * @param origin stamped on every event of this process
 * @param serverBodyBytes bound for each body of a served request; 0: none
 * @param clientBodyBytes bound for each body of an LLM call; 0: none
 * @param userHeader the request header that names the user
 * @param sessionHeader the request header that names the session
 * @param tagHeaders request headers that become tags
 * @param ignoredPaths paths of requests that make no trace, see {@link PathPatterns}
 * @param llmPatterns more LLM endpoints: patterns over host and path, see {@link PathPatterns}
 * @param propagate whether calls out carry a {@code traceparent}
 */
public record CaptureSettings(
    Origin origin,
    int serverBodyBytes,
    int clientBodyBytes,
    String userHeader,
    String sessionHeader,
    List<String> tagHeaders,
    List<String> ignoredPaths,
    List<String> llmPatterns,
    boolean propagate) {

  public static final int SERVER_BODY_BYTES = 64 << 10;
  public static final int CLIENT_BODY_BYTES = 1 << 20;
  public static final String USER_HEADER = "X-User-Id";
  public static final String SESSION_HEADER = "X-Session-Id";

  /** Health probes and static files: requests nobody looks for among traces. */
  public static final List<String> IGNORED_PATHS =
      List.of(
          "/health",
          "/health/*",
          "/healthz",
          "/livez",
          "/readyz",
          "/actuator",
          "/actuator/*",
          "/metrics",
          "/favicon.ico",
          "*.css",
          "*.js",
          "*.map",
          "*.png",
          "*.jpg",
          "*.svg",
          "*.ico",
          "*.woff2");

  public static CaptureSettings defaults(Origin origin) {
    return new CaptureSettings(
        origin,
        SERVER_BODY_BYTES,
        CLIENT_BODY_BYTES,
        USER_HEADER,
        SESSION_HEADER,
        List.of(),
        IGNORED_PATHS,
        List.of(),
        true);
  }
}
