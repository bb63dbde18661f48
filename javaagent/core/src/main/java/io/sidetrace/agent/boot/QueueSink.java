package io.sidetrace.agent.boot;

import io.sidetrace.agent.api.EventSink;
import io.sidetrace.agent.api.Finished;
import io.sidetrace.agent.pipeline.EventQueue;

/** The queue, as calls and spans see it. What it does not take it has counted. */
record QueueSink(EventQueue queue) implements EventSink {

  @Override
  public void offer(Finished finished) {
    queue.offer(finished);
  }
}
