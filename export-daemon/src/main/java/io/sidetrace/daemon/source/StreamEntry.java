package io.sidetrace.daemon.source;

import java.util.BitSet;

/**
 * An entry of a stream that this daemon holds: it is acknowledged as a whole once each of its
 * frames is settled. Used by the source's thread.
 */
final class StreamEntry {
  private final String stream;
  private final String id;
  private final BitSet settled = new BitSet();
  private int pending;
  private boolean handedOn;
  private boolean returned;
  private long returnedNanos;

  StreamEntry(String stream, String id) {
    this.stream = stream;
    this.id = id;
  }

  String stream() {
    return stream;
  }

  String id() {
    return id;
  }

  boolean isSettled(int frame) {
    return settled.get(frame);
  }

  Receipt receipt(int frame, Inbox<Answer> inbox) {
    pending++;
    return new FrameAnswer(this, frame, inbox);
  }

  /** All its frames are on their way. */
  void handedOn() {
    handedOn = true;
  }

  /** Begins anew after frames were returned. */
  void handOnAgain() {
    handedOn = false;
    returned = false;
  }

  boolean isDone() {
    return handedOn && pending == 0 && !returned;
  }

  /**
   * @param restNanos how long it rests before it may be delivered again
   */
  boolean isDue(long nowNanos, long restNanos) {
    return handedOn && pending == 0 && returned && nowNanos - returnedNanos > restNanos;
  }

  private void answer(Answer answer) {
    pending--;
    if (answer.returned()) {
      returned = true;
      returnedNanos = System.nanoTime();
    } else {
      settled.set(answer.frame());
    }
  }

  /** What became of a frame. */
  record Answer(StreamEntry entry, int frame, boolean returned) {
    void apply() {
      entry.answer(this);
    }
  }

  private record FrameAnswer(StreamEntry entry, int frame, Inbox<Answer> inbox) implements Receipt {
    @Override
    public void settled() {
      inbox.add(new Answer(entry, frame, false));
    }

    @Override
    public void returned() {
      inbox.add(new Answer(entry, frame, true));
    }
  }
}
