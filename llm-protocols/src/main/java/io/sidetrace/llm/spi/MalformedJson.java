package io.sidetrace.llm.spi;

import java.io.IOException;

/** A document that is no JSON, or breaks off. */
public final class MalformedJson extends IOException {
  private static final long serialVersionUID = 1;

  MalformedJson(String what, int at) {
    super(what + " at byte " + at);
  }

  /** Bodies are hostile at times, and where in our code one was given up tells nothing. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
