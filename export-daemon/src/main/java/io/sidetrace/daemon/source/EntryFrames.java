package io.sidetrace.daemon.source;

import io.sidetrace.event.EventStream;
import io.sidetrace.event.FrameEncoder;
import io.sidetrace.event.FrameReader;
import io.sidetrace.event.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Hands on what an entry holds: frames from an agent, or one event from any other producer. */
final class EntryFrames {
  private final Inbox<StreamEntry.Answer> inbox;
  private final FrameEncoder encoder = new FrameEncoder();

  EntryFrames(Inbox<StreamEntry.Answer> inbox) {
    this.inbox = inbox;
  }

  /**
   * @param body field names and values, see {@link EventStream}
   * @param continuous see {@link Delivery#continuous}
   */
  void handOn(StreamEntry entry, Map<String, byte[]> body, boolean continuous, Intake to) {
    byte[] frames = body.get(EventStream.FRAMES);
    byte[] event = body.get(EventStream.EVENT);
    if (frames != null) {
      frames(entry, Slice.of(frames), continuous, to);
    } else if (event != null) {
      event(entry, Slice.of(event), body, continuous, to);
    } else if (!entry.isSettled(0)) {
      String fields = "entry has neither field f nor e, but " + body.keySet();
      to.unreadable(text(body), where(entry, fields), entry.receipt(0, inbox));
    }
    entry.handedOn();
  }

  /**
   * Hands an entry on as one that cannot be read, a frame at a time, so that it can be replayed.
   */
  void bury(StreamEntry entry, Map<String, byte[]> body, String reason, Intake to) {
    Intake grave =
        new Intake() {
          @Override
          public void deliver(Delivery delivery) {
            to.unreadable(delivery.frame(), where(entry, reason), delivery.receipt());
          }

          @Override
          public void unreadable(Slice bytes, String why, Receipt receipt) {
            to.unreadable(bytes, why, receipt);
          }
        };
    handOn(entry, body, false, grave);
  }

  private void frames(StreamEntry entry, Slice frames, boolean continuous, Intake to) {
    FrameReader reader = new FrameReader(frames);
    int index = 0;
    for (FrameReader.Item item = reader.next(); item != null; item = reader.next(), index++) {
      if (entry.isSettled(index)) {
        continue;
      }
      Receipt receipt = entry.receipt(index, inbox);
      if (item instanceof FrameReader.Whole whole) {
        to.deliver(
            new Delivery(
                whole.bytes(),
                whole.event(),
                whole.request(),
                whole.response(),
                receipt,
                continuous));
      } else if (item instanceof FrameReader.Corrupt corrupt) {
        to.unreadable(corrupt.bytes(), where(entry, corrupt.reason()), receipt);
      }
    }
    if (reader.cut() && !entry.isSettled(index)) {
      int at = reader.position();
      Slice rest = new Slice(frames.array(), at, frames.length() - at);
      to.unreadable(rest, where(entry, "ends within a frame"), entry.receipt(index, inbox));
    }
  }

  private void event(
      StreamEntry entry, Slice event, Map<String, byte[]> body, boolean continuous, Intake to) {
    if (entry.isSettled(0)) {
      return;
    }
    Slice request = Slice.of(body.getOrDefault(EventStream.REQUEST, new byte[0]));
    Slice response = Slice.of(body.getOrDefault(EventStream.RESPONSE, new byte[0]));
    encoder.clear(1 << 20);
    encoder.append(event, request, response);
    // A frame of its own, so that a dead letter is replayed as any other.
    Slice frame = Slice.of(encoder.bytes().toBytes().clone());
    to.deliver(new Delivery(frame, event, request, response, entry.receipt(0, inbox), continuous));
  }

  private static String where(StreamEntry entry, String reason) {
    return reason + " (" + entry.stream() + " " + entry.id() + ")";
  }

  private static Slice text(Map<String, byte[]> body) {
    StringBuilder text = new StringBuilder();
    body.forEach(
        (field, value) ->
            text.append(field)
                .append('=')
                .append(new String(value, StandardCharsets.UTF_8))
                .append('\n'));
    return Slice.ofUtf8(text.toString());
  }
}
