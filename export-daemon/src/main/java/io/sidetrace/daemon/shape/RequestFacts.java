package io.sidetrace.daemon.shape;

import io.sidetrace.event.Event;
import org.jspecify.annotations.Nullable;

/**
 * What rules ask of the request that an event belongs to: the topmost span of its trace in its
 * process.
 *
 * @param route the template that matched; null if none did
 * @param path without the query; null if it was no HTTP
 * @param status 0 if there is none
 */
public record RequestFacts(
    @Nullable String route, @Nullable String path, int status, long durationNanos) {

  /** True for the topmost span of a process. */
  public static boolean isRequest(Event event) {
    return event.parentSpanId() == null || event.remoteParent();
  }

  public static RequestFacts of(Event event) {
    Event.Http http = event.http();
    return http == null
        ? new RequestFacts(null, null, 0, event.durationNanos())
        : new RequestFacts(http.route(), path(http.url()), http.status(), event.durationNanos());
  }

  private static String path(String url) {
    int end = url.indexOf('?');
    String path = end < 0 ? url : url.substring(0, end);
    int scheme = path.indexOf("://");
    int slash = scheme < 0 ? 0 : path.indexOf('/', scheme + 3);
    return slash < 0 ? "/" : path.substring(slash);
  }
}
