package io.sidetrace.benchmarks.drain;

import io.sidetrace.benchmarks.corpus.Conversation;
import io.sidetrace.benchmarks.corpus.Recorder;
import io.sidetrace.event.Frame;
import java.util.List;

/**
 * Requests of a service that talks to a model, in a mix that repeats every 100: half plain, half
 * streamed, most of them small, one of 200 KB. Three events each: LLM call, controller, request.
 */
final class EventMix {
  private static final int CYCLE = 100;

  private final Recorder recorder = new Recorder();
  private final Conversation[] cycle = new Conversation[CYCLE];
  private int next;

  EventMix() {
    for (int i = 0; i < CYCLE; i++) {
      cycle[i] = conversation(i);
    }
  }

  private static Conversation conversation(int i) {
    if (i == 0) {
      return Conversation.plain(200_000, 4_000);
    }
    int request = i % 10 == 1 ? 20_000 : i % 3 == 0 ? 4_000 : 1_000;
    return i % 2 == 0
        ? Conversation.plain(request, 1_500)
        : Conversation.streamed(request, i % 10 == 3 ? 200 : 20);
  }

  /** The frames of one more request; valid until the next call. */
  List<Frame> next() {
    next = (next + 1) % CYCLE;
    return recorder.next(cycle[next]);
  }
}
