package io.sidetrace.agent.api;

import io.sidetrace.event.Frame;

/** Where finished events go. */
@FunctionalInterface
public interface EventSink {
  /** Takes the frame or drops and counts it. Never waits, never throws. */
  void offer(Frame frame);
}
