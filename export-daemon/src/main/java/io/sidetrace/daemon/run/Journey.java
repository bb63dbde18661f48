package io.sidetrace.daemon.run;

import io.sidetrace.daemon.export.Ticket;
import io.sidetrace.daemon.source.Receipt;
import io.sidetrace.event.Slice;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One event from its source until every lane has answered for it; then, and only then, its source
 * hears of it. Lanes answer from their own threads.
 */
final class Journey implements Ticket {
  private final Slice frame;
  private final Receipt receipt;
  private final Desk desk;
  private final long begunMillis = System.currentTimeMillis();
  private final AtomicInteger unanswered;
  private @Nullable Share share;
  private volatile @Nullable String rejectedBy;
  private volatile @Nullable String reason;
  private volatile int attempts;

  /**
   * @param lanes how many answers to wait for; 0 if it is not exported at all
   */
  Journey(Slice frame, Receipt receipt, int lanes, Desk desk) {
    this.frame = frame;
    this.receipt = receipt;
    this.unanswered = new AtomicInteger(lanes);
    this.desk = desk;
  }

  /** Counts as part of a share until it has ended. Called before any lane has it. */
  void enter(Share part) {
    share = part;
    part.enter(bytes());
  }

  /** It has ended. */
  void leaveShare() {
    if (share != null) {
      share.leave(bytes());
    }
  }

  int bytes() {
    return frame.length();
  }

  @Override
  public void accepted() {
    answered();
  }

  /** The first reason is kept: one dead letter holds the event for all lanes. */
  @Override
  public void rejected(String lane, String why, int requests) {
    if (rejectedBy == null) {
      reason = why;
      attempts = requests;
      rejectedBy = lane;
    }
    answered();
  }

  private void answered() {
    if (unanswered.decrementAndGet() == 0) {
      String lane = rejectedBy;
      String why = reason;
      if (lane == null || why == null) {
        desk.exported(this);
      } else {
        desk.bury(this, lane, why);
      }
    }
  }

  /** When it was read. */
  Instant begun() {
    return Instant.ofEpochMilli(begunMillis);
  }

  /** Requests of the lane that rejected it in which it was. */
  int attempts() {
    return attempts;
  }

  Slice frame() {
    return frame;
  }

  Receipt receipt() {
    return receipt;
  }
}
