package io.sidetrace.daemon.shape;

import io.sidetrace.event.Event;
import org.jspecify.annotations.Nullable;

/**
 * An event as rules see it.
 *
 * @param request what it belongs to; null if that is not known
 */
public record Subject(Event event, @Nullable RequestFacts request) {

  /** The event alone: what it belongs to is known only if it is a request itself. */
  public static Subject of(Event event) {
    return new Subject(event, RequestFacts.isRequest(event) ? RequestFacts.of(event) : null);
  }
}
