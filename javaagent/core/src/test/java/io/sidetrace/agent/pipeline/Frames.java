package io.sidetrace.agent.pipeline;

import io.sidetrace.agent.api.Finished;
import io.sidetrace.event.Event;
import io.sidetrace.event.Event.Origin;
import io.sidetrace.event.Frame;
import io.sidetrace.event.Slice;

/** Frames for tests. */
public final class Frames {
  public static final Origin ORIGIN = new Origin("shop", "shop-1-1700000000000", null, null);

  private Frames() {}

  /** As {@link #numbered}, for the queue. */
  public static Finished finished(long number, int bodyBytes) {
    return new FinishedFrame(numbered(number, bodyBytes));
  }

  /** The span id tells it from others. */
  public static Frame numbered(long number, int bodyBytes) {
    Event event =
        Event.builder(Event.Kind.EXCHANGE, ORIGIN)
            .ids(String.format("%032x", number + 1), String.format("%016x", number + 1), null)
            .name("call " + number)
            .times(1_700_000_000_000_000L + number, 5)
            .sizes(new Event.BodySize(bodyBytes, false, false), null)
            .build();
    return new Frame(event, Slice.of(new byte[bodyBytes]), Slice.EMPTY);
  }
}
