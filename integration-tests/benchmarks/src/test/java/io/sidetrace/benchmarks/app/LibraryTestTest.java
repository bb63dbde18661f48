package io.sidetrace.benchmarks.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryTestTest {
  @TempDir Path root;

  @BeforeEach
  void build() throws IOException {
    test("one-1.0", "OneCallTest", "ClientCallContract");
    test("one-1.0", "OneEndTest", "ClientEndContract");
    test("two-2.0", "TwoBlockingCallTest", "ClientCallContract");
    test("two-2.0", "TwoCallTest", "ClientCallContract");
    test("server-1.0", "ServerTest", "ServerCallContract");
    Files.writeString(root.resolve("pom.xml"), "");
  }

  @Test
  void find_findsWhoKeepsTheContract() throws IOException {
    assertThat(LibraryTest.find(root, "ClientCallContract", List.of()))
        .extracting(LibraryTest::name)
        .containsExactly("OneCallTest", "TwoBlockingCallTest", "TwoCallTest");
  }

  @Test
  void find_choosesByPartsOfFoldersAndTests() throws IOException {
    assertThat(LibraryTest.find(root, "ClientCallContract", List.of("one-", "blocking")))
        .extracting(LibraryTest::name)
        .containsExactly("OneCallTest", "TwoBlockingCallTest");
  }

  @Test
  void classPath_beginsWithTheTests() throws IOException {
    LibraryTest test = LibraryTest.find(root, "ServerCallContract", List.of()).get(0);

    assertThat(test.className()).isEqualTo("io.sidetrace.app.ServerTest");
    assertThat(test.classPath())
        .isEqualTo(root.resolve("server-1.0/target/test-classes") + ":a.jar:b.jar");
  }

  private void test(String folder, String name, String contract) throws IOException {
    Path target = root.resolve(folder).resolve("target");
    Path classes = Files.createDirectories(target.resolve("test-classes/io/sidetrace/app"));
    String constants = "\u00ca\u00fe\u0001io/sidetrace/instrumentation/testing/" + contract;
    Files.writeString(classes.resolve(name + ".class"), constants, ISO_8859_1);
    Files.writeString(target.resolve("test.classpath"), "a.jar:b.jar\n");
  }
}
