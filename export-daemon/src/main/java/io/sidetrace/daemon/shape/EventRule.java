package io.sidetrace.daemon.shape;

import io.sidetrace.event.Event;

/** Decides whether an event is exported at all, before anything is spent on its bytes. */
public interface EventRule {

  /** Under which refused events are counted, such as {@code sample}. */
  String name();

  boolean keeps(Event event);
}
