package io.sidetrace.daemon.cli;

import io.sidetrace.daemon.run.ProgramVersion;
import picocli.CommandLine.IVersionProvider;

/** The version as the jar's manifest tells it. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"sidetrace " + ProgramVersion.number()};
  }
}
