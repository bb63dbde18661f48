package io.sidetrace.instrumentation.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

/** What the threads of this JVM allocated, by the JVM's own count. */
final class AllocatedBytes {
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final Map<Long, Long> byThread = new HashMap<>();

  /** Of all threads that were alive at this call or a former one, until they were last seen. */
  long soFar() {
    long[] ids = threads.getAllThreadIds();
    long[] bytes = threads.getThreadAllocatedBytes(ids);
    for (int i = 0; i < ids.length; i++) {
      if (bytes[i] >= 0) { // else it has ended meanwhile
        byThread.put(ids[i], bytes[i]);
      }
    }
    return byThread.values().stream().mapToLong(Long::longValue).sum();
  }
}
