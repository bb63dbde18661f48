package io.sidetrace.llm.spi;

import java.io.IOException;

/**
 * Reads one exchange: first the request, then either the whole response or each of its events, then
 * {@link #finish()}. Any of them may never come. A document that breaks off throws from {@link
 * Json}; what was put into the draft until then stays.
 */
public interface Reading {

  /** Reads the request's document. */
  void request(Json json) throws IOException;

  /** Reads a response that came as one document. */
  void response(Json json) throws IOException;

  /**
   * Reads one event of a streamed response.
   *
   * @param name the event's name in its framing, empty when it has none
   */
  void event(String name, Json json) throws IOException;

  /** Puts together what the events brought. */
  void finish() throws IOException;
}
