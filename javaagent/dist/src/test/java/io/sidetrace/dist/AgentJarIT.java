package io.sidetrace.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AgentJarIT {

  private static final String INDEX = "inst/instrumentations.index";

  private JarFile jar;

  @BeforeEach
  void open() throws IOException {
    jar = new JarFile(Jvm.AGENT.toFile());
  }

  @AfterEach
  void close() throws IOException {
    jar.close();
  }

  @Test
  void theJar_isSmallerThan12MiB() throws IOException {
    assertThat(Files.size(Jvm.AGENT)).isLessThan(12 << 20);
  }

  @Test
  void otherLoaders_seePremainOnly() {
    assertThat(jar.stream().map(JarEntry::getName).filter(name -> name.endsWith(".class")))
        .allMatch(name -> name.startsWith("io/sidetrace/premain/"))
        .contains("io/sidetrace/premain/Premain.class", "io/sidetrace/premain/AgentLoader.class");
  }

  @Test
  void premain_isJava8() throws IOException {
    List<JarEntry> classes =
        jar.stream().filter(entry -> entry.getName().endsWith(".class")).toList();

    for (JarEntry entry : classes) {
      try (var in = new DataInputStream(jar.getInputStream(entry))) {
        in.readInt();
        in.readUnsignedShort();
        assertThat(in.readUnsignedShort()).as(entry.getName()).isEqualTo(52);
      }
    }
  }

  @Test
  void instrumentations_areAllInTheIndex() throws IOException {
    List<String> indexed;
    try (var in = jar.getInputStream(jar.getEntry(INDEX))) {
      indexed =
          new String(in.readAllBytes(), StandardCharsets.ISO_8859_1)
              .lines()
              .map(line -> line.split(" ", -1)[1])
              .toList();
    }
    var packed = new HashSet<String>();
    jar.stream()
        .map(JarEntry::getName)
        .filter(
            name -> name.matches("inst/io/sidetrace/instrumentation/.*Instrumentation.classdata"))
        .forEach(packed::add);

    assertThat(packed).isNotEmpty();
    assertThat(indexed)
        .extracting(name -> "inst/" + name.replace('.', '/') + ".classdata")
        .containsExactlyInAnyOrderElementsOf(packed);
  }

  @Test
  void everyEntry_hasTheTimeOfTheBuildsChoice() {
    assertThat(jar.stream().map(JarEntry::getTimeLocal).distinct()).hasSize(1);
  }

  @Test
  void licences_areWithIt() {
    assertThat(jar.stream().map(JarEntry::getName))
        .contains("META-INF/LICENSE", "META-INF/NOTICE", "META-INF/licenses/byte-buddy/ASM");
  }

  @Test
  void noLibraryIsPacked_thatNoticeDoesNotName() {
    var roots = new TreeSet<String>();
    jar.stream()
        .map(JarEntry::getName)
        .filter(name -> name.endsWith(".classdata"))
        .map(name -> name.replaceFirst("inst/((?:[^/]+/){1,2}).*", "$1"))
        .forEach(roots::add);

    assertThat(roots)
        .containsExactly(
            "io/sidetrace/", "net/bytebuddy/", "org/jctools/", "org/slf4j/", "redis/clients/");
  }

  @Test
  void byteBuddysTypeSystem_isLeftOut() {
    assertThat(jar.stream().map(JarEntry::getName).filter(name -> name.contains("net/bytebuddy/")))
        .allMatch(name -> name.endsWith("/") || name.startsWith("inst/net/bytebuddy/jar/asm/"));
  }
}
