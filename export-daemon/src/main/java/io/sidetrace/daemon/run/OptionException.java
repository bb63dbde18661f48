package io.sidetrace.daemon.run;

/** An option is unknown or makes no sense. The message is one line for the user. */
public final class OptionException extends Exception {

  public OptionException(String message) {
    super(message);
  }

  public OptionException(String message, Throwable cause) {
    super(message, cause);
  }
}
