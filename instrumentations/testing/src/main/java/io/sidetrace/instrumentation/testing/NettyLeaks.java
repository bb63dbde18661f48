package io.sidetrace.instrumentation.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * What Netty's leak detector says, where a test has Netty and no other logging than the JDK's. It
 * finds a leak when the garbage collector has found the buffer and another one is allocated.
 */
final class NettyLeaks {
  private static final List<String> FOUND = new CopyOnWriteArrayList<>();
  private static final Logger DETECTOR = Logger.getLogger("io.netty.util.ResourceLeakDetector");

  static {
    DETECTOR.addHandler(
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            if (record.getLevel().intValue() >= Level.SEVERE.intValue()) {
              FOUND.add(record.getMessage());
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        });
  }

  private NettyLeaks() {}

  /** So far. */
  static List<String> found() {
    return List.copyOf(FOUND);
  }

  /** Looks once more, at the end of a test class. */
  static void assertNone() {
    System.gc();
    allocate();
    if (!FOUND.isEmpty()) {
      throw new AssertionError("buffers of Netty were not released: " + FOUND);
    }
  }

  private static void allocate() {
    try {
      Class<?> allocator = Class.forName("io.netty.buffer.ByteBufAllocator");
      Object buffer = allocator.getMethod("buffer").invoke(allocator.getField("DEFAULT").get(null));
      Class.forName("io.netty.util.ReferenceCounted").getMethod("release").invoke(buffer);
    } catch (ClassNotFoundException e) {
      return; // a test without Netty
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
