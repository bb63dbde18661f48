package io.sidetrace.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What systemd says of the unit. */
class UnitIT {
  @TempDir Path folder;

  private String unit;

  /** With the program where the package unpacked it, for systemd looks whether it is there. */
  @BeforeEach
  void unpack() throws Exception {
    Path unpacked = folder.resolve("unpacked");
    Run.of("dpkg-deb", "-x", Packages.DEB.toString(), unpacked.toString()).succeeds();
    Path installed = unpacked.resolve("usr/lib/systemd/system/sidetrace.service");
    Path moved = folder.resolve("sidetrace.service");
    Files.writeString(
        moved,
        Files.readString(installed)
            .replace("/usr/bin/sidetrace", unpacked.resolve("usr/bin/sidetrace").toString())
            .replaceAll("(?m)^Documentation=.*\n", ""));
    unit = moved.toString();
  }

  @Test
  void verify_findsNothing() {
    assertThat(Run.of("systemd-analyze", "verify", unit).succeeds().said()).isEmpty();
  }

  @Test
  void exposure_isTwoAtMost() {
    Run run = Run.of("systemd-analyze", "security", "--offline=true", "--no-pager", unit);

    Matcher level = Pattern.compile("exposure level for .*: ([0-9.]+)").matcher(run.said());
    assertThat(level.find()).as(run.said()).isTrue();
    assertThat(Double.parseDouble(level.group(1))).as(run.said()).isLessThanOrEqualTo(2.0);
  }
}
