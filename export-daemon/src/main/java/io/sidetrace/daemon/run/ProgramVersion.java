package io.sidetrace.daemon.run;

import org.jspecify.annotations.Nullable;

/** The version as the jar's manifest tells it. */
public final class ProgramVersion {
  private ProgramVersion() {}

  public static String number() {
    @Nullable String version = ProgramVersion.class.getPackage().getImplementationVersion();
    return version == null ? "unpacked" : version;
  }
}
