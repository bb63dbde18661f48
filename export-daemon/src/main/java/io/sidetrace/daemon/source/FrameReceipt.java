package io.sidetrace.daemon.source;

import org.jspecify.annotations.Nullable;

/** Travels with a frame and comes back through the inbox once it is settled. */
final class FrameReceipt implements Receipt {
  private final Segment segment;
  private final int index;
  private final Inbox<FrameReceipt> inbox;
  private @Nullable Again again;

  FrameReceipt(Segment segment, int index, Inbox<FrameReceipt> inbox) {
    this.segment = segment;
    this.index = index;
    this.inbox = inbox;
  }

  @Override
  public void settled() {
    inbox.add(this);
  }

  @Override
  public void returned(Again when) {
    again = when; // seen by the source's thread through the queue
    inbox.add(this);
  }

  Segment segment() {
    return segment;
  }

  int index() {
    return index;
  }

  /** Null if it was not returned. */
  @Nullable Again again() {
    return again;
  }
}
