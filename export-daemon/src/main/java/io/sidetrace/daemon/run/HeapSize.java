package io.sidetrace.daemon.run;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the heap large for a backlog and small again after it. The serial collector changes its
 * generations only in a full collection, which a daemon at rest never comes to, and a busy one only
 * after the small heap has cost it dearly: so this asks for one at both turns. For one thread.
 */
final class HeapSize {
  private static final Logger log = LoggerFactory.getLogger(HeapSize.class);

  /** Events in a second that a small heap is too small for. */
  private static final long MANY = 1_000;

  /** A collection takes some tens of milliseconds: not between two bursts. */
  private static final int QUIET_SECONDS = 5;

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
    } else if (large && quiet >= QUIET_SECONDS) {
      large = false;
      resize(20, 30);
    }
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
}
