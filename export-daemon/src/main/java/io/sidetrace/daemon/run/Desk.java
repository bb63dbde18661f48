package io.sidetrace.daemon.run;

import io.sidetrace.daemon.deadletter.DeadLetter;
import io.sidetrace.daemon.deadletter.DeadLetters;
import io.sidetrace.daemon.ops.Ledger;
import java.time.Instant;

/** Where journeys begin and end: counts them, and tells their sources. Thread-safe. */
final class Desk {
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
    if (deadLetters.store(new DeadLetter(Instant.now(), origin, reason, journey.frame()))) {
      ledger.deadLettered();
      settle(journey);
    } else {
      ledger.returned();
      inFlight.leave(journey.bytes());
      journey.receipt().returned();
    }
  }

  private void settle(Journey journey) {
    inFlight.leave(journey.bytes());
    journey.receipt().settled();
  }
}
