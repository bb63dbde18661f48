package io.sidetrace.daemon.source;

import io.sidetrace.event.Slice;

/**
 * One event as it lies in its source, not yet parsed.
 *
 * @param frame all of it, for a dead letter; the other slices may lie within
 * @param event JSON
 * @param continuous false if events of the same process that came before may have gone to another
 *     daemon, or to this one before it was restarted
 */
public record Delivery(
    Slice frame, Slice event, Slice request, Slice response, Receipt receipt, boolean continuous) {

  /**
   * The same in an array of its own, so that holding it does not hold all that was read with it.
   */
  public Delivery detached() {
    byte[] own = new byte[frame.length()];
    System.arraycopy(frame.array(), frame.offset(), own, 0, own.length);
    return new Delivery(
        Slice.of(own),
        within(own, event),
        within(own, request),
        within(own, response),
        receipt,
        continuous);
  }

  private Slice within(byte[] own, Slice part) {
    int at = part.offset() - frame.offset();
    boolean inside =
        part.array() == frame.array() && at >= 0 && at + part.length() <= frame.length();
    return inside ? new Slice(own, at, part.length()) : part;
  }
}
