package io.sidetrace.daemon.shape;

import io.sidetrace.event.Event;
import io.sidetrace.event.Glob;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rule applies to. Each part that is told must hold; of a list, one of its patterns.
 *
 * @param route of the request: the template or the path
 * @param status of the request
 * @param shorterThan the request took less
 * @param longerThan the request took more
 */
public record Criteria(
    List<Glob> route,
    List<Glob> service,
    List<Glob> environment,
    List<Glob> tag,
    List<StatusRange> status,
    @Nullable Duration shorterThan,
    @Nullable Duration longerThan) {

  /** True if it applies to everything. */
  public boolean isEmpty() {
    return !asksForRequest() && service.isEmpty() && environment.isEmpty() && tag.isEmpty();
  }

  /** True if the request must be known to decide. */
  public boolean asksForRequest() {
    return !route.isEmpty() || !status.isEmpty() || shorterThan != null || longerThan != null;
  }

  /**
   * @param otherwise the answer where the request decides and is not known
   */
  public boolean match(Subject subject, boolean otherwise) {
    Event event = subject.event();
    if (!any(service, event.origin().service())
        || !any(environment, event.origin().environment())
        || !anyTag(event.tags())) {
      return false;
    }
    if (!asksForRequest()) {
      return true;
    }
    RequestFacts request = subject.request();
    return request == null ? otherwise : match(request);
  }

  private boolean match(RequestFacts request) {
    boolean routed =
        route.isEmpty()
            || (request.route() != null && any(route, request.route()))
            || (request.path() != null && any(route, request.path()));
    boolean answered =
        status.isEmpty() || status.stream().anyMatch(range -> range.contains(request.status()));
    return routed
        && answered
        && (shorterThan == null || request.durationNanos() < shorterThan.toNanos())
        && (longerThan == null || request.durationNanos() > longerThan.toNanos());
  }

  private boolean anyTag(List<String> tags) {
    return tag.isEmpty() || tags.stream().anyMatch(told -> any(tag, told));
  }

  private static boolean any(List<Glob> patterns, @Nullable String text) {
    return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> pattern.matches(text));
  }
}
