package io.sidetrace.agent.pipeline;

import io.sidetrace.agent.transport.Transport;
import io.sidetrace.event.Frame;
import io.sidetrace.event.FrameEncoder;
import io.sidetrace.event.Slice;

/** Frames on their way to one lane of the transport. Not thread-safe. */
final class Bundle {
  /** Memory kept between drains; the rest is given back after a burst. */
  private static final int KEPT_BYTES = 512 << 10;

  private final FrameEncoder encoder = new FrameEncoder();
  private final Transport transport;
  private final int lane;
  private int events;

  Bundle(Transport transport, int lane) {
    this.transport = transport;
    this.lane = lane;
  }

  /**
   * Encodes the frame, and sends what came before it if both would be too large for one bundle.
   *
   * @throws RuntimeException if it can't be encoded; nothing is added then
   */
  void add(Frame frame, long sequence) {
    int before = encoder.size();
    encoder.append(frame, sequence);
    if (encoder.size() > Transport.BUNDLE_BYTES && events > 0) {
      transport.send(lane, encoder.bytes(0, before), events);
      encoder.dropFirst(before);
      events = 0;
    }
    events++;
    if (encoder.size() >= Transport.BUNDLE_BYTES) {
      send();
    }
  }

  void send() {
    if (events > 0) {
      Slice all = encoder.bytes();
      int count = events;
      events = 0;
      transport.send(lane, all, count);
      encoder.clear(KEPT_BYTES);
    }
  }

  int events() {
    return events;
  }
}
