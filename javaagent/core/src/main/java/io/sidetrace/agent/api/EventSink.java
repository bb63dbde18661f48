package io.sidetrace.agent.api;

/** Where finished calls and spans go. */
@FunctionalInterface
public interface EventSink {
  /** Takes it or drops and counts it. Never waits, never throws. */
  void offer(Finished finished);
}
