package io.sidetrace.benchmarks.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Bytes of each class on a JVM's heap, dead objects among them. While no collection runs, the
 * difference of two counts is what was allocated in between, exactly, class by class: it shows what
 * a compiled method no longer avoids, which a sum does not.
 */
public final class HeapClasses {
  /** What the collector fills gaps with; nobody allocated it. */
  private static final String FILLER = "jdk.internal.vm.Filler";

  private final Path javaHome;
  private final long pid;

  HeapClasses(Path javaHome, long pid) {
    this.javaHome = javaHome;
    this.pid = pid;
  }

  /** Collects, so that none is due for as long as the young generation is not full. */
  void collect() throws IOException, InterruptedException {
    jcmd("GC.run");
  }

  /** By name; hidden classes and lambdas without their numbers. */
  Map<String, Long> bytes() throws IOException, InterruptedException {
    Map<String, Long> bytes = new HashMap<>();
    for (String line : jcmd("GC.class_histogram", "-all").lines().toList()) {
      // "  12:   3456   78901  java.lang.String (java.base@17)"
      String[] cells = line.trim().split("\\s+", 5);
      if (cells.length >= 4 && cells[0].endsWith(":") && !cells[3].contains(FILLER)) {
        String name = cells[3].replaceAll("0x[0-9a-f]+|(?<=Lambda\\$)\\d+", "");
        bytes.merge(name, Long.parseLong(cells[2]), Long::sum);
      }
    }
    return bytes;
  }

  private String jcmd(String... arguments) throws IOException, InterruptedException {
    String[] command = new String[arguments.length + 2];
    command[0] = javaHome.resolve("bin/jcmd").toString();
    command[1] = Long.toString(pid);
    System.arraycopy(arguments, 0, command, 2, arguments.length);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("failed: " + String.join(" ", command) + "\n" + said);
    }
    return said;
  }
}
