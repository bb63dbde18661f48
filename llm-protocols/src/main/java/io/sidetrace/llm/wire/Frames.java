package io.sidetrace.llm.wire;

/** Takes the events of a stream as they are found in its bytes. */
@FunctionalInterface
public interface Frames {
  /**
   * Takes one event's payload, {@code bytes[start, end)}.
   *
   * @param name the event's name, empty when its framing gives none
   * @param bodyEnd where the event ended in the body, for its time
   */
  void frame(String name, byte[] bytes, int start, int end, int bodyEnd);
}
