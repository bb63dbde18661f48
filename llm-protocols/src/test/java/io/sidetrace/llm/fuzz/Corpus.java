package io.sidetrace.llm.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * What fuzzing found worth keeping, one archive for each decoder: inputs that reach what others do
 * not, and whatever once broke something. Only the smallest are kept, lest the repository grow.
 */
final class Corpus {
  private static final int KEPT = 250;
  private static final Path FOLDER = Path.of("src/test/fuzz");

  private Corpus() {}

  static List<Path> archives() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".zip")).sorted().toList();
    }
  }

  static List<byte[]> read(Path archive) throws IOException {
    List<byte[]> inputs = new ArrayList<>();
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        inputs.add(zip.getInputStream(entry).readAllBytes());
      }
    }
    return inputs;
  }

  /** Lays a decoder's corpus out as files, if there is one. */
  static void unpack(String protocol, Path to) throws IOException {
    Path archive = archive(protocol);
    if (Files.exists(archive)) {
      int number = 0;
      for (byte[] input : read(archive)) {
        Files.write(to.resolve("kept-" + number++), input);
      }
    }
  }

  /** Keeps the smallest files of a folder as a decoder's corpus. */
  static void pack(String protocol, Path from) throws IOException {
    List<byte[]> inputs = new ArrayList<>();
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.sorted().toList()) {
        inputs.add(Files.readAllBytes(file));
      }
    }
    inputs.sort(Comparator.comparingInt(input -> input.length));
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive(protocol)))) {
      for (int i = 0; i < Math.min(KEPT, inputs.size()); i++) {
        ZipEntry entry = new ZipEntry(Integer.toString(i));
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(inputs.get(i));
      }
    }
  }

  private static Path archive(String protocol) {
    return FOLDER.resolve(protocol + ".zip");
  }
}
