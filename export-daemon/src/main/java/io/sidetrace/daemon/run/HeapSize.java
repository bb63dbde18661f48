package io.sidetrace.daemon.run;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the heap large for a backlog and small again after it. The serial collector changes its
 * generations only in a full collection, which a daemon at rest never comes to, and a busy one only
 * after the small heap has cost it dearly: so this asks for one at both turns. In between it asks
 * for one before the old generation has filled up with what is long settled. For one thread.
 */
final class HeapSize {
  private static final Logger log = LoggerFactory.getLogger(HeapSize.class);

  /** Events in a second that a small heap is too small for. */
  private static final long MANY = 1_000;

  /** A collection takes some tens of milliseconds: not between two bursts. */
  private static final int QUIET_SECONDS = 5;

  /** The old generation may grow by so much between two collections. */
  private static final long OLD_GROWTH_BYTES = 24 << 20;

  private final @Nullable MemoryPoolMXBean old =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getName().equals("Tenured Gen"))
          .findFirst()
          .orElse(null);

  private long before;
  private boolean large;
  private int quiet;

  /**
   * To be called every second.
   *
   * @param received events since the start
   */
  void look(long received) {
    boolean busy = received - before >= MANY;
    before = received;
    quiet = busy ? 0 : quiet + 1;
    if (busy && !large) {
      large = true;
      resize(90, 95);
    } else if (quiet == QUIET_SECONDS) {
      rest();
    } else if (large && oldHasGrown()) {
      System.gc();
    }
  }

  /** After a backlog, and once after the start, whose compilers keep as much. */
  private void rest() {
    if (large) {
      large = false;
      resize(20, 30);
    }
    giveBackFreed();
  }

  private boolean oldHasGrown() {
    return old != null
        && old.getUsage().getUsed() - old.getCollectionUsage().getUsed() > OLD_GROWTH_BYTES;
  }

  /**
   * The young generation is as large as the old one, within the launcher's bounds, see there.
   *
   * @param least free per cent of the old generation after a full collection
   * @param most likewise
   */
  private static void resize(int least, int most) {
    HotSpotDiagnosticMXBean jvm =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    try {
      // Never the least above the most, or it is refused.
      jvm.setVMOption("MinHeapFreeRatio", "0");
      jvm.setVMOption("MaxHeapFreeRatio", Integer.toString(most));
      jvm.setVMOption("MinHeapFreeRatio", Integer.toString(least));
      System.gc();
    } catch (IllegalArgumentException e) {
      log.debug("this JVM's heap stays as it is: {}", e.toString());
    }
  }

  /** What malloc keeps of what was freed, mostly by the compilers: 10 to 20 MB. */
  private static void giveBackFreed() {
    try {
      // As jcmd System.trim_native_heap does. Not every JDK 17 has it, nor any C library but glibc.
      ManagementFactory.getPlatformMBeanServer()
          .invoke(
              new ObjectName("com.sun.management:type=DiagnosticCommand"),
              "systemTrimNativeHeap",
              null,
              null);
    } catch (JMException | RuntimeException e) {
      log.debug("this JVM does not trim its native heap: {}", e.toString());
    }
  }
}
