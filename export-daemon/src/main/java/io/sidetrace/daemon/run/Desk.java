package io.sidetrace.daemon.run;

import io.sidetrace.daemon.deadletter.DeadLetter;
import io.sidetrace.daemon.deadletter.DeadLetters;
import io.sidetrace.daemon.ops.Ledger;
import io.sidetrace.daemon.source.Again;
import java.time.Duration;
import java.time.Instant;

/** Where journeys begin and end: counts them, and tells their sources. Thread-safe. */
final class Desk {
  /** Somebody makes room, and does not tell: it is tried now and then. */
  private static final Again DEAD_LETTERS_FULL =
      new Again() {
        @Override
        public Duration rest() {
          return Duration.ofSeconds(30);
        }

        @Override
        public boolean may() {
          return true;
        }
      };

  private final Ledger ledger;
  private final InFlight inFlight;
  private final DeadLetters deadLetters;

  Desk(Ledger ledger, InFlight inFlight, DeadLetters deadLetters) {
    this.ledger = ledger;
    this.inFlight = inFlight;
    this.deadLetters = deadLetters;
  }

  void received(Journey journey) {
    ledger.received();
    inFlight.enter(journey.bytes());
  }

  /** It waits elsewhere, within a bound of its own: reading may go on. */
  void held(Journey journey) {
    inFlight.leave(journey.bytes());
  }

  void released(Journey journey) {
    inFlight.enter(journey.bytes());
  }

  void exported(Journey journey) {
    ledger.exported();
    settle(journey);
  }

  void filtered(Journey journey, String rule) {
    ledger.filtered(rule);
    settle(journey);
  }

  /** Puts it among the dead letters; if they take no more, it goes back to its source. */
  void bury(Journey journey, String origin, String reason) {
    DeadLetter letter =
        new DeadLetter(
            journey.begun(), Instant.now(), journey.attempts(), origin, reason, journey.frame());
    if (deadLetters.store(letter)) {
      ledger.deadLettered();
      settle(journey);
    } else {
      giveBack(journey, DEAD_LETTERS_FULL);
    }
  }

  /** It goes back to its source, which will deliver it again. */
  void giveBack(Journey journey, Again when) {
    ledger.returned();
    inFlight.leave(journey.bytes());
    journey.leaveShare();
    journey.receipt().returned(when);
  }

  private void settle(Journey journey) {
    inFlight.leave(journey.bytes());
    journey.leaveShare();
    journey.receipt().settled();
  }
}
