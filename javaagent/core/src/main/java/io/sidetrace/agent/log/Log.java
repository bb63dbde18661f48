package io.sidetrace.agent.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The agent's lines on stderr, each beginning with {@code sidetrace:}. A warning is printed the
 * first time its kind occurs, after that it is counted, so that nothing here can flood a log or
 * slow a thread down twice. Thread-safe.
 */
public final class Log {
  private final PrintStream out;
  private final boolean debug;
  private final Map<String, AtomicLong> warnings = new ConcurrentHashMap<>();

  public Log(PrintStream out, boolean debug) {
    this.out = out;
    this.debug = debug;
  }

  /**
   * On the process's stderr itself, not {@link System#err}: an application may have replaced that
   * by a logger, which would then run on our threads.
   */
  public static Log onStderr(boolean debug) {
    return new Log(new PrintStream(new FileOutputStream(FileDescriptor.err), true), debug);
  }

  /** For what a user wants to know once, such as where events go. */
  public void info(String message) {
    line(message, null);
  }

  /** Printed only with {@code sidetrace.debug=true}. */
  public void debug(String message) {
    if (debug) {
      line(message, null);
    }
  }

  public boolean debugging() {
    return debug;
  }

  /**
   * @param kind what is counted; a word or two, the same for all lines of the kind
   * @param message what happened, to what, what to do
   */
  public void warn(String kind, String message) {
    warn(kind, message, null);
  }

  /**
   * As {@link #warn(String, String)}; the stack trace is printed with {@code sidetrace.debug=true}.
   */
  public void warn(String kind, String message, @Nullable Throwable cause) {
    AtomicLong count = counter(kind);
    if (count.getAndIncrement() == 0 || debug) {
      line(message, cause);
    }
  }

  /** As {@link #warn(String, String)}, for a message that costs something to put together. */
  public void warn(String kind, Supplier<String> message) {
    AtomicLong count = counter(kind);
    if (count.getAndIncrement() == 0 || debug) {
      line(message.get(), null);
    }
  }

  /**
   * Says that what a warning told is over, once per warning, and lets the next of its kind through.
   */
  public void recovered(String kind, String message) {
    AtomicLong count = warnings.get(kind);
    if (count != null && count.getAndSet(0) > 0) {
      line(message, null);
    }
  }

  /** How often each kind was warned of since it last was over. */
  public Map<String, Long> warnings() {
    Map<String, Long> counts = new TreeMap<>();
    warnings.forEach((kind, count) -> counts.put(kind, count.get()));
    return counts;
  }

  private AtomicLong counter(String kind) {
    return warnings.computeIfAbsent(kind, ignored -> new AtomicLong());
  }

  private void line(String message, @Nullable Throwable cause) {
    StringBuilder line = new StringBuilder("sidetrace: ").append(message);
    if (cause != null) {
      line.append(": ").append(cause);
    }
    // One call, so that lines of several threads do not mix.
    out.println(line);
    if (cause != null && debug) {
      cause.printStackTrace(out);
    }
  }
}
