package io.sidetrace.benchmarks.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A contract's test of an instrumentation's folder, which knows how its library is used.
 *
 * @param folder under {@code instrumentations}, built, with its tests' class path
 * @param name of its class
 */
public record LibraryTest(Path folder, String name) {
  private static final String CLASSES = "target/test-classes/io/sidetrace/app";
  private static final String CONTRACTS = "io/sidetrace/instrumentation/testing/";
  private static final String CLASS_PATH = "target/test.classpath";

  /**
   * All of a contract, in the order of folders.
   *
   * @param contract the name of its class
   * @param parts of the names of folders or classes; empty: all
   */
  public static List<LibraryTest> find(Path instrumentations, String contract, List<String> parts)
      throws IOException {
    List<LibraryTest> tests = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(instrumentations)) {
      for (Path folder : folders) {
        // A folder that needs a later JDK has a class path and no classes.
        if (Files.exists(folder.resolve(CLASS_PATH)) && Files.exists(folder.resolve(CLASSES))) {
          tests.addAll(of(folder, contract));
        }
      }
    }
    tests.removeIf(test -> !test.isOneOf(parts));
    tests.sort(Comparator.comparing(LibraryTest::toString));
    return tests;
  }

  private static List<LibraryTest> of(Path folder, String contract) throws IOException {
    List<LibraryTest> tests = new ArrayList<>();
    try (DirectoryStream<Path> classes =
        Files.newDirectoryStream(folder.resolve(CLASSES), "*Test.class")) {
      for (Path file : classes) {
        // Who extends it names it among its constants.
        if (Files.readString(file, ISO_8859_1).contains(CONTRACTS + contract)) {
          String name = String.valueOf(file.getFileName());
          tests.add(new LibraryTest(folder, name.replace(".class", "")));
        }
      }
    }
    return tests;
  }

  private boolean isOneOf(List<String> parts) {
    String all = (folder.getFileName() + "/" + name).toLowerCase(Locale.ROOT);
    return parts.isEmpty() || parts.stream().anyMatch(all::contains);
  }

  String className() {
    return "io.sidetrace.app." + name;
  }

  /** Without the instrumentation, which is the agent's. */
  String classPath() throws IOException {
    Path classes = folder.resolve("target/test-classes");
    return classes + ":" + Files.readString(folder.resolve(CLASS_PATH)).trim();
  }
}
