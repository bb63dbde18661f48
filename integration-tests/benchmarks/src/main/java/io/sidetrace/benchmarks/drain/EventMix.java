package io.sidetrace.benchmarks.drain;

import io.sidetrace.benchmarks.corpus.Conversation;
import io.sidetrace.benchmarks.corpus.Recorder;
import io.sidetrace.event.Frame;
import java.util.List;

/** Requests of a service that talks to a model, in a row that repeats. */
public enum EventMix {
  /** LLM call and request, each about 2 KB: what the budgets are about. */
  PLAIN("events of 2 KB"),

  /**
   * LLM call, controller and request; half plain, half streamed; most calls a few KB, one in ten 20
   * KB, one in a hundred 200 KB.
   */
  MIXED("mixed events");

  private static final int CYCLE = 100;

  private final String words;

  EventMix(String words) {
    this.words = words;
  }

  @Override
  public String toString() {
    return words;
  }

  /** Begins the row. */
  Row row() {
    return new Row(this);
  }

  private Conversation conversation(int i) {
    if (this == PLAIN) {
      return Conversation.plain(1_000, 1_200);
    }
    if (i == 0) {
      return Conversation.plain(200_000, 4_000);
    }
    int request = i % 10 == 1 ? 20_000 : i % 3 == 0 ? 4_000 : 1_000;
    return i % 2 == 0
        ? Conversation.plain(request, 1_500)
        : Conversation.streamed(request, i % 10 == 3 ? 200 : 20);
  }

  /** Not thread-safe. */
  static final class Row {
    private final EventMix mix;
    private final Recorder recorder = new Recorder();
    private final Conversation[] cycle = new Conversation[CYCLE];
    private int next;

    private Row(EventMix mix) {
      this.mix = mix;
      for (int i = 0; i < CYCLE; i++) {
        cycle[i] = mix.conversation(i);
      }
    }

    /** The frames of one more request; valid until the next call. */
    List<Frame> next() {
      next = (next + 1) % CYCLE;
      List<Frame> frames = recorder.next(cycle[next]);
      return mix == PLAIN ? List.of(frames.get(0), frames.get(2)) : frames;
    }
  }
}
