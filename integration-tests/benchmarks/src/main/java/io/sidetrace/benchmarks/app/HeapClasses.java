package io.sidetrace.benchmarks.app;

import java.io.IOException;
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

  private final Jcmd jcmd;

  HeapClasses(Path javaHome, long pid) {
    this.jcmd = new Jcmd(javaHome, pid);
  }

  /** Collects, so that none is due for as long as the young generation is not full. */
  void collect() throws IOException, InterruptedException {
    jcmd.run("GC.run");
  }

  /** By name; hidden classes and lambdas without their numbers. */
  Map<String, Long> bytes() throws IOException, InterruptedException {
    Map<String, Long> bytes = new HashMap<>();
    for (String line : jcmd.run("GC.class_histogram", "-all").lines().toList()) {
      // "  12:   3456   78901  java.lang.String (java.base@17)"
      String[] cells = line.trim().split("\\s+", 5);
      if (cells.length >= 4 && cells[0].endsWith(":") && !cells[3].contains(FILLER)) {
        String name = cells[3].replaceAll("0x[0-9a-f]+|(?<=Lambda\\$)\\d+", "");
        bytes.merge(name, Long.parseLong(cells[2]), Long::sum);
      }
    }
    return bytes;
  }
}
