package io.sidetrace.daemon.run;

import io.sidetrace.daemon.export.Lane;
import io.sidetrace.daemon.shape.EventRule;
import io.sidetrace.daemon.shape.Observation;
import io.sidetrace.daemon.shape.Rules;
import io.sidetrace.daemon.shape.Shaper;
import io.sidetrace.daemon.shape.Subject;
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

/** The road of an event from a source to the lanes. Runs on the sources' threads. */
final class Pipeline implements Intake {
  private static final Logger log = LoggerFactory.getLogger(Pipeline.class);

  private final EventReader events = new EventReader();
  private volatile Rules rules;
  private final Shaper shaper;
  private final List<Lane> lanes;
  private final Desk desk;

  Pipeline(Rules rules, Shaper shaper, List<Lane> lanes, Desk desk) {
    this.rules = rules;
    this.shaper = shaper;
    this.lanes = lanes;
    this.desk = desk;
  }

  /** From now on these; what was read before was shaped by the rules of then. */
  void use(Rules reloaded) {
    rules = reloaded;
  }

  @Override
  public void deliver(Delivery delivery) {
    Journey journey = new Journey(delivery.frame(), delivery.receipt(), lanes.size(), desk);
    desk.received(journey);
    Rules now = rules;
    Observation observation;
    try {
      Event event = events.read(delivery.event());
      EventRule refusal = now.refusal(event);
      if (refusal != null) {
        desk.filtered(journey, refusal.name());
        return;
      }
      observation = now.change(
              shaper.shape(event, delivery.request(), delivery.response()), Subject.of(event));
    } catch (EventFormatException e) {
      desk.bury(journey, "event", String.valueOf(e.getMessage()));
      return;
    } catch (RuntimeException | StackOverflowError e) {
      // A defect of ours must cost this event only; its bytes are kept for when it is mended.
      log.warn("cannot shape an event", e);
      desk.bury(journey, "shape", "cannot be shaped: " + e);
      return;
    }
    for (Lane lane : lanes) {
      lane.add(observation, journey);
    }
  }

  @Override
  public void unreadable(Slice bytes, String reason, Receipt receipt) {
    Journey journey = new Journey(bytes, receipt, 0, desk);
    desk.received(journey);
    desk.bury(journey, "frame", reason);
  }
}
