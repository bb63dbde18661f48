package io.sidetrace.llm;

import io.sidetrace.llm.spi.Json;
import io.sidetrace.llm.spi.MalformedJson;
import io.sidetrace.llm.spi.Reading;
import io.sidetrace.llm.wire.Body;
import io.sidetrace.llm.wire.EventStream;
import io.sidetrace.llm.wire.Frames;
import io.sidetrace.llm.wire.Lines;
import io.sidetrace.llm.wire.Sse;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Hands the events of a stream to a reading, one JSON value at a time. */
final class EventReader implements Frames {

  /** Is told of each event once it was read. */
  @FunctionalInterface
  interface Taken {
    /**
     * Takes note of an event.
     *
     * @param bodyEnd where the event ended in the body
     * @param whole false when it was damaged
     */
    void event(int bodyEnd, boolean whole);
  }

  private final Reading reading;
  private final Taken taken;
  private int limit;
  private boolean done;

  EventReader(Reading reading, Taken taken) {
    this.reading = reading;
    this.taken = taken;
  }

  /**
   * Reads all events.
   *
   * @return true when {@code [DONE]} was among them
   */
  boolean read(Framing framing, Body body) {
    limit = body.end;
    switch (framing) {
      case SSE -> Sse.read(body.bytes, body.start, body.end, this);
      case LINES -> Lines.read(body.bytes, body.start, body.end, this);
      default -> {
        boolean whole = EventStream.read(body.bytes, body.start, body.end, this);
        taken.event(body.end, whole);
      }
    }
    return done;
  }

  @Override
  public void frame(String name, byte[] bytes, int start, int end, int bodyEnd) {
    if (start == end) {
      return;
    }
    if (bytes[start] == '[' && isDone(bytes, start, end)) {
      done = true;
      return;
    }
    try {
      // The last line may be cut: half of it must not be read as the whole of it, and whose choice
      // it adds to may have stood in the other half.
      if (bodyEnd == limit && !isWhole(bytes, start, end)) {
        taken.event(bodyEnd, false);
        return;
      }
      values(name, bytes, start, end);
      taken.event(bodyEnd, true);
    } catch (MalformedJson damaged) {
      taken.event(bodyEnd, false);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** Usually one value; more where a server forgot the empty line between events. */
  private void values(String name, byte[] bytes, int start, int end) throws IOException {
    Json json = Json.of(bytes, start, end);
    while (json.nextRoot()) {
      reading.event(name, json);
    }
  }

  private static boolean isWhole(byte[] bytes, int start, int end) {
    try {
      Json json = Json.of(bytes, start, end);
      while (json.nextRoot()) {
        json.skip();
      }
      return true;
    } catch (IOException cut) {
      return false;
    }
  }

  private static boolean isDone(byte[] bytes, int start, int end) {
    return end - start >= 6 && bytes[start + 1] == 'D' && bytes[start + 4] == 'E';
  }
}
