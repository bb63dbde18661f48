package io.sidetrace.agent.pipeline;

import io.sidetrace.agent.api.Finished;
import io.sidetrace.event.Frame;
import io.sidetrace.event.Slice;

/** A frame that is there already. */
public record FinishedFrame(Frame frame) implements Finished {

  @Override
  public long heldBytes() {
    return frame.request().heldBytes()
        + frame.response().heldBytes()
        + Long.BYTES * (long) frame.event().chunks().length;
  }

  @Override
  public Finished withoutBodies() {
    return new FinishedFrame(new Frame(frame.event().withoutBodies(), Slice.EMPTY, Slice.EMPTY));
  }
}
