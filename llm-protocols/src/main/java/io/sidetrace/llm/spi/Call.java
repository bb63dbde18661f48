package io.sidetrace.llm.spi;

import org.jspecify.annotations.Nullable;

/** A tool call while its arguments grow. */
public final class Call {
  public @Nullable String id;
  public String name = "";
  public final StringBuilder arguments = new StringBuilder();
}
