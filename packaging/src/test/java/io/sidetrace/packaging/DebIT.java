package io.sidetrace.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebIT {
  private static final String CONFIG = "/etc/sidetrace/sidetrace.yaml";

  @TempDir Path folder;

  private TestRoot root;

  @BeforeEach
  void makeRoot() throws IOException {
    root = new TestRoot(folder.resolve("root"));
  }

  @Test
  void install_makesUsersFoldersAndFiles_withTheirModes() throws Exception {
    root.dpkg("-i", Packages.DEB.toString()).succeeds();

    assertThat(root.state()).contains("Status: install ok installed");
    assertThat(Files.readString(root.path("/etc/group")))
        .containsPattern("sidetrace-spool:[^:]*:\\d+:sidetrace\n");
    assertThat(Files.readString(root.path("/etc/passwd"))).contains("/usr/sbin/nologin");
    assertThat(mode("/var/spool/sidetrace")).isEqualTo("2770 " + id("sidetrace-spool"));
    assertThat(mode("/var/lib/sidetrace")).isEqualTo("750 " + id("sidetrace"));
    assertThat(mode(CONFIG)).isEqualTo("640 " + id("sidetrace"));
    assertThat(mode("/usr/lib/sidetrace/sidetrace")).isEqualTo("755 0");
    assertThat(Files.readSymbolicLink(root.path("/usr/bin/sidetrace")))
        .isEqualTo(Path.of("../lib/sidetrace/sidetrace"));
    Run.of(root.path("/usr/bin/sidetrace").toString(), "--version").succeeds();
  }

  @Test
  void upgrade_keepsWhatTheAdministratorChanged() throws Exception {
    root.dpkg("-i", Packages.DEB.toString()).succeeds();
    Files.writeString(root.path(CONFIG), "exporters=jsonl\n");
    Files.writeString(root.path("/var/spool/sidetrace/event"), "kept");

    root.dpkg("-i", newerPackage().toString()).succeeds();

    assertThat(root.state()).contains("Status: install ok installed").contains("Version: 9.9");
    assertThat(root.path(CONFIG)).hasContent("exporters=jsonl");
    assertThat(mode(CONFIG)).isEqualTo("640 " + id("sidetrace"));
    assertThat(root.path("/var/spool/sidetrace/event")).exists();
  }

  @Test
  void remove_keepsConfigurationAndEvents_purgeNothing() throws Exception {
    root.dpkg("-i", Packages.DEB.toString()).succeeds();
    Files.writeString(root.path("/var/lib/sidetrace/letter"), "kept");

    root.dpkg("-r", "sidetrace").succeeds();

    assertThat(root.path("/usr/lib/sidetrace")).doesNotExist();
    assertThat(root.path(CONFIG)).exists();
    assertThat(root.path("/var/lib/sidetrace/letter")).exists();

    root.dpkg("-P", "sidetrace").succeeds();

    assertThat(left()).isEmpty();
  }

  /** The same package with a higher version. */
  private Path newerPackage() throws IOException {
    Path unpacked = folder.resolve("newer");
    Run.of("dpkg-deb", "-R", Packages.DEB.toString(), unpacked.toString()).succeeds();
    Path control = unpacked.resolve("DEBIAN/control");
    Files.writeString(
        control, Files.readString(control).replaceAll("(?m)^Version: .*$", "Version: 9.9"));
    Path newer = folder.resolve("newer.deb");
    Run.of("dpkg-deb", "-Znone", "-b", unpacked.toString(), newer.toString()).succeeds();
    return newer;
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.walk(root.path("/"))) {
      return files
          .map(Path::toString)
          .filter(file -> file.substring(folder.toString().length()).contains("sidetrace"))
          .toList();
    }
  }

  private String mode(String path) {
    return Run.of("stat", "-c", "%a %g", root.path(path).toString()).succeeds().said().strip();
  }

  private String id(String group) throws IOException {
    return Files.readAllLines(root.path("/etc/group")).stream()
        .map(line -> line.split(":"))
        .filter(fields -> fields[0].equals(group))
        .map(fields -> fields[2])
        .findFirst()
        .orElseThrow();
  }
}
