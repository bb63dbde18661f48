package io.sidetrace.agent.boot;

import io.sidetrace.agent.api.EventSink;
import io.sidetrace.agent.pipeline.EventQueue;
import io.sidetrace.event.Frame;

/** The queue, as calls and spans see it. What it does not take it has counted. */
record QueueSink(EventQueue queue) implements EventSink {

  @Override
  public void offer(Frame frame) {
    queue.offer(frame);
  }
}
