package io.sidetrace.event;

/** An event or frame that this version can't read. The message says what is wrong with it. */
public final class EventFormatException extends Exception {

  public EventFormatException(String message) {
    super(message);
  }

  public EventFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
