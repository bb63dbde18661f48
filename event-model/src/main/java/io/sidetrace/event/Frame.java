package io.sidetrace.event;

/** An event with the bytes it was captured with: the unit that is queued, spooled and delivered. */
public record Frame(Event event, Pieces request, Pieces response) {

  public Frame(Event event, Slice request, Slice response) {
    this(event, Pieces.of(request), Pieces.of(response));
  }
}
