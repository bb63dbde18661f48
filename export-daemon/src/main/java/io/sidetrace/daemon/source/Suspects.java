package io.sidetrace.daemon.source;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Entries that several daemons held when they died. Most of them are innocent, so they are
 * delivered one at a time: should the daemon die again, it is clear of which. They go after all
 * that nobody suspects, and those of the fewest deaths first: so the innocent are settled before
 * one that kills is tried again, and deaths that no entry is to blame for are shared by all. One
 * that was there too often is put among the dead letters, and one that cannot even be put there,
 * since it is larger than our memory perhaps, is left where it is.
 */
final class Suspects {
  /** Deaths from which on an entry is delivered alone. */
  static final long ALONE = 3;

  /** Deaths after which it is not delivered any more. */
  static final long POISON = 6;

  private final Queue<Suspect> waiting =
      new PriorityQueue<>(Comparator.comparingLong(Suspect::deaths));
  private @Nullable Suspect inHand;

  /**
   * @param deaths of daemons that held it
   */
  record Suspect(String stream, String id, long deaths) {
    boolean isPoison() {
      return deaths >= POISON;
    }

    /** It has killed the daemon that tried to bury it. */
    boolean isTooMuch() {
      return deaths > POISON;
    }
  }

  void add(Suspect suspect) {
    waiting.add(suspect);
  }

  /**
   * The next to deliver, once the one before is gone.
   *
   * @return null if it is no time for one
   */
  @Nullable Suspect next(HeldEntries held) {
    Suspect before = inHand;
    return before != null && held.isInHand(before.stream(), before.id()) ? null : waiting.peek();
  }

  /** The next was delivered. */
  void delivered() {
    inHand = waiting.poll();
  }
}
