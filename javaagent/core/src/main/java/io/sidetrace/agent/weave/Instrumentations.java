package io.sidetrace.agent.weave;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * What may be woven. In the agent jar this is an index, one {@linkplain Candidate#line line} for
 * each instrumentation, written when the jar is built: however many there are, the start reads one
 * file and loads none of them.
 */
public final class Instrumentations {
  private static final String INDEX = "instrumentations.index";

  final List<Candidate> candidates;

  private Instrumentations(List<Candidate> candidates) {
    this.candidates = candidates;
  }

  /** These, as they are: for tests. */
  public static Instrumentations of(Iterable<Instrumentation> instrumentations) {
    List<Candidate> candidates = new ArrayList<>();
    for (Instrumentation instrumentation : instrumentations) {
      candidates.add(Candidate.of(instrumentation));
    }
    return new Instrumentations(candidates);
  }

  /**
   * Those of the agent jar.
   *
   * @throws IOException if the jar cannot be read or lacks its index
   */
  public static Instrumentations packed(ClassLoader agent) throws IOException {
    try (InputStream in = agent.getResourceAsStream(INDEX)) {
      if (in == null) {
        throw new IOException("the agent jar lacks " + INDEX + "; build it again");
      }
      List<Candidate> candidates = new ArrayList<>();
      String index = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
      int end;
      for (int start = 0; (end = index.indexOf('\n', start)) >= 0; start = end + 1) {
        candidates.add(Candidate.parse(index.substring(start, end), agent));
      }
      return new Instrumentations(candidates);
    }
  }

  /**
   * Writes the index of all instrumentations on the class path, when the jar is built.
   *
   * @param arguments the directory to write it to
   */
  public static void main(String[] arguments) throws IOException {
    StringBuilder index = new StringBuilder();
    for (Instrumentation instrumentation : ServiceLoader.load(Instrumentation.class)) {
      index.append(Candidate.of(instrumentation).line()).append('\n');
    }
    Files.writeString(Path.of(arguments[0], INDEX), index, StandardCharsets.ISO_8859_1);
  }
}
