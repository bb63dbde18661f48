package io.sidetrace.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarIT {
  @TempDir Path folder;

  @Test
  void unpacked_itRuns() {
    Run.of("tar", "-xzf", Packages.TAR.toString(), "-C", folder.toString()).succeeds();
    Path unpacked = folder.resolve("sidetrace-" + Packages.VERSION);

    assertThat(Run.of(unpacked.resolve("sidetrace").toString(), "--version").succeeds().said())
        .contains("sidetrace " + Packages.VERSION);
    assertThat(unpacked.resolve("share/sidetrace.service")).exists();
    assertThat(unpacked.resolve("share/sidetrace.1")).exists();
    assertThat(unpacked.resolve("LICENSE")).exists();
  }
}
