package io.sidetrace.daemon.source;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a stream that this daemon holds: it is acknowledged as a whole once each of its
 * frames is settled. Used by the source's thread.
 */
final class StreamEntry {
  private final String stream;
  private final String id;
  private final BitSet settled = new BitSet();
  private final Queue<String> notes = new ConcurrentLinkedQueue<>();
  private int pending;
  private boolean handedOn;
  private final Set<Again> agains = new HashSet<>(1);
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

  BitSet settled() {
    return settled;
  }

  /** Before it is handed on: goes on where whoever left it behind had come to. */
  void resume(EntryNotes.Note note) {
    settled.or(note.settled());
    notes.addAll(note.ids());
  }

  /** Redis has taken a note of what is settled. Any thread. */
  void noted(String noteId) {
    notes.add(noteId);
  }

  /** Ids of the notes in Redis, which the caller erases. */
  List<String> takeNotes() {
    List<String> ids = new ArrayList<>(1);
    for (String id = notes.poll(); id != null; id = notes.poll()) {
      ids.add(id);
    }
    return ids;
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
    agains.clear();
  }

  boolean isDone() {
    return handedOn && pending == 0 && !returned;
  }

  /** True if it has rested and a frame of it may be delivered again. */
  boolean isDue(long nowNanos) {
    long rested = nowNanos - returnedNanos;
    return handedOn
        && pending == 0
        && returned
        && agains.stream().anyMatch(again -> again.may() && rested > again.rest().toNanos());
  }

  /** True if some of its frames are settled and others are not. */
  boolean isPartlySettled() {
    return !isDone() && !settled.isEmpty();
  }

  private void answer(Answer answer) {
    pending--;
    Again again = answer.again();
    if (again != null) {
      returned = true;
      agains.add(again);
      returnedNanos = System.nanoTime();
    } else {
      settled.set(answer.frame());
    }
  }

  /**
   * What became of a frame.
   *
   * @param again null if it is settled
   */
  record Answer(StreamEntry entry, int frame, @Nullable Again again) {
    void apply() {
      entry.answer(this);
    }
  }

  private record FrameAnswer(StreamEntry entry, int frame, Inbox<Answer> inbox) implements Receipt {
    @Override
    public void settled() {
      inbox.add(new Answer(entry, frame, null));
    }

    @Override
    public void returned(Again when) {
      inbox.add(new Answer(entry, frame, when));
    }
  }
}
