package io.sidetrace.daemon.run;

import io.sidetrace.daemon.export.Lane;
import io.sidetrace.daemon.ops.SequenceGaps;
import io.sidetrace.daemon.shape.EventRule;
import io.sidetrace.daemon.shape.Observation;
import io.sidetrace.daemon.shape.Rules;
import io.sidetrace.daemon.shape.Shaper;
import io.sidetrace.daemon.shape.Subject;
import io.sidetrace.daemon.shape.trace.Verdict;
import io.sidetrace.daemon.source.Delivery;
import io.sidetrace.daemon.source.Intake;
import io.sidetrace.daemon.source.Receipt;
import io.sidetrace.event.Event;
import io.sidetrace.event.EventFormatException;
import io.sidetrace.event.EventReader;
import io.sidetrace.event.Slice;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The road of an event from a source to the lanes. Runs on the sources' threads; events that were
 * held go on where others let them go.
 */
final class Pipeline implements Intake {
  private static final Logger log = LoggerFactory.getLogger(Pipeline.class);

  private final EventReader events = new EventReader();
  private volatile Rules rules;
  private final Shaper shaper;
  private final Hold hold;
  private final Outlets outlets;
  private final Desk desk;
  private final SequenceGaps gaps;

  Pipeline(Rules rules, Shaper shaper, Hold hold, Outlets outlets, Desk desk, SequenceGaps gaps) {
    this.gaps = gaps;
    this.rules = rules;
    this.hold = hold;
    this.shaper = shaper;
    this.outlets = outlets;
    this.desk = desk;
  }

  /** From now on these; what was read before was shaped by the rules of then. */
  void use(Rules reloaded) {
    rules = reloaded;
  }

  @Override
  public void deliver(Delivery delivery) {
    Rules now = rules;
    boolean holding = now.traces().isActive();
    Delivery own = holding ? delivery.detached() : delivery;
    Journey journey = new Journey(own.frame(), own.receipt(), outlets.answers(), desk);
    desk.received(journey);
    Event event;
    try {
      event = events.read(own.event());
      gaps.seen(
          event.origin().instance(), event.sequence(), delivery.continuous(), System.nanoTime());
    } catch (EventFormatException e) {
      desk.bury(journey, "event", String.valueOf(e.getMessage()));
      return;
    }
    if (holding) {
      hold.see(event);
    }
    EventRule refusal = now.refusal(event);
    if (refusal != null) {
      desk.filtered(journey, refusal.name());
    } else if (holding && now.traces().concerns(event)) {
      desk.held(journey);
      release(hold.take(new Hold.Held(event, own, journey), now.traces()));
    } else {
      export(Subject.of(event), own, journey);
    }
  }

  /** Lets go what has waited long enough. */
  void releaseExpired() {
    release(hold.expired(rules.traces()));
  }

  /** Lets go all that waits: it is kept. */
  void releaseAll() {
    release(hold.all(rules.traces()));
  }

  private void release(List<Hold.Released> released) {
    for (Hold.Released each : released) {
      Hold.Held held = each.held();
      desk.released(held.journey());
      if (each.verdict() instanceof Verdict.Drop drop) {
        desk.filtered(held.journey(), drop.rule());
      } else if (each.verdict() instanceof Verdict.Pass pass) {
        export(new Subject(held.event(), pass.request()), held.delivery(), held.journey());
      }
    }
  }

  private void export(Subject subject, Delivery delivery, Journey journey) {
    Outlets.Destination project = outlets.of(subject);
    if (project != null) {
      if (project.share().isStuck()) {
        desk.giveBack(journey, project.share());
        return;
      }
      journey.enter(project.share());
    }
    Observation observation;
    try {
      Observation shaped = shaper.shape(subject.event(), delivery.request(), delivery.response());
      observation = rules.change(shaped, subject);
    } catch (RuntimeException | StackOverflowError e) {
      // A defect of ours must cost this event only; its bytes are kept for when it is mended.
      log.warn("cannot shape an event", e);
      desk.bury(journey, "shape", "cannot be shaped: " + e);
      return;
    }
    for (Lane<?> lane : outlets.everything()) {
      lane.add(observation, journey);
    }
    if (project != null) {
      project.share().lane().add(observation, journey);
    }
  }

  @Override
  public boolean hasRoom() {
    return outlets.haveRoom();
  }

  @Override
  public void unreadable(Slice bytes, String reason, Receipt receipt) {
    Journey journey = new Journey(bytes, receipt, 0, desk);
    desk.received(journey);
    desk.bury(journey, "frame", reason);
  }
}
