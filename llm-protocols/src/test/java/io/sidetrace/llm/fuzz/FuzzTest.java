package io.sidetrace.llm.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.llm.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the kept corpus, then Jazzer for a few thousand inputs, each on every decoder. {@code
 * -Dfuzz.seconds=600} fuzzes each decoder by itself that long and adds what it finds to the corpus.
 */
class FuzzTest {
  private static final int RUNS = 2000;
  private static final int SECONDS = Integer.getInteger("fuzz.seconds", 0);

  static Stream<String> targets() {
    return SECONDS > 0 ? protocols() : Stream.of("all");
  }

  private static Stream<String> protocols() {
    return StreamSupport.stream(FuzzInput.protocols().spliterator(), false);
  }

  @Test
  void corpus_breaksNoDecoder() throws IOException {
    int inputs = 0;
    for (Path archive : Corpus.archives()) {
      for (byte[] data : Corpus.read(archive)) {
        inputs++;
        protocols().forEach(protocol -> DecoderFuzzer.check(protocol, data));
      }
    }
    assertThat(inputs).isGreaterThan(1000);
  }

  @ParameterizedTest
  @MethodSource("targets")
  void fuzzing_breaksNoDecoder(String protocol, @TempDir Path scratch) throws Exception {
    Path found = Files.createDirectory(scratch.resolve("found"));
    Corpus.unpack(protocol, found);
    Path seeds = seeds(protocol, Files.createDirectory(scratch.resolve("seeds")));
    Path log = scratch.resolve("log");

    Process fuzzer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-Dfuzz.protocol=" + protocol,
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + DecoderFuzzer.class.getName(),
                "--instrumentation_includes=io.sidetrace.llm.**",
                "--custom_hook_includes=io.sidetrace.llm.**",
                "--disabled_hooks=.*",
                "-seed=1",
                "-timeout=10",
                "-max_len=4096",
                SECONDS > 0 ? "-max_total_time=" + SECONDS : "-runs=" + RUNS,
                "-artifact_prefix=" + scratch + "/",
                found.toString(),
                seeds.toString())
            .directory(scratch.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();

    boolean ended = fuzzer.waitFor(SECONDS + 300, TimeUnit.SECONDS);
    if (!ended) {
      fuzzer.destroyForcibly();
    }
    assertThat(ended).as(protocol + " ends").isTrue();
    assertThat(fuzzer.exitValue()).as(() -> text(log)).isZero();
    assertThat(text(log)).contains("INITED");
    if (SECONDS > 0) {
      Corpus.pack(protocol, found);
    }
  }

  private static Path seeds(String protocol, Path to) throws Exception {
    for (Path folder : FuzzInput.samples()) {
      String of = FuzzInput.of(folder);
      if (protocol.equals("all") || protocol.startsWith(of)) {
        Files.write(
            to.resolve(of + "-" + folder.getFileName()), FuzzInput.seed(Samples.read(folder)));
      }
    }
    return to;
  }

  private static String text(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return "no log: " + e;
    }
  }
}
