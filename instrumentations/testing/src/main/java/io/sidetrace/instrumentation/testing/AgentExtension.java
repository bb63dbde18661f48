package io.sidetrace.instrumentation.testing;

import io.sidetrace.agent.api.CaptureSettings;
import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.Finished;
import io.sidetrace.agent.api.Guard;
import io.sidetrace.agent.api.Tracer;
import io.sidetrace.event.Event;
import io.sidetrace.event.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Runs a test with the agent in its JVM and keeps the events in memory.
 *
 * <pre>{@code
 * @RegisterExtension static final AgentExtension agent = new AgentExtension();
 * }</pre>
 *
 * <p>After each test it checks that no failure of advice or of a wrapper was swallowed, that every
 * call and span has ended, and that the test's thread is left without a context. The library's
 * classes may have been loaded before. The application under test must not be in the
 * instrumentation's package, which advice's loader defines a second time.
 */
public final class AgentExtension implements BeforeEachCallback, AfterEachCallback {

  private final Queue<Finished> finished = new ConcurrentLinkedQueue<>();
  private final List<Frame> events = new ArrayList<>();
  private final Duration patience;
  private final Tracer tracer;
  private final InProcessAgent agent = InProcessAgent.get();
  private int adviceFailures;
  private long guardFailures;
  private int complaints;

  public AgentExtension() {
    this(settings -> settings);
  }

  /**
   * @param settings changes the defaults
   */
  public AgentExtension(UnaryOperator<CaptureSettings> settings) {
    this(settings, Duration.ofSeconds(10));
  }

  AgentExtension(UnaryOperator<CaptureSettings> settings, Duration patience) {
    this.patience = patience;
    var origin = new Event.Origin("test", "test-1", null, null);
    tracer = new Tracer(settings.apply(CaptureSettings.defaults(origin)), finished::add);
  }

  /**
   * What ended so far, in the order of the ends. Put together only now, as the drainer does it
   * later than the application ends it.
   */
  public synchronized List<Frame> events() {
    for (Finished next = finished.poll(); next != null; next = finished.poll()) {
      events.add(next.frame());
    }
    return List.copyOf(events);
  }

  /**
   * Waits until as many events ended.
   *
   * @return these, or more if there are more
   * @throws AssertionError if they do not within 10 s
   */
  public List<Frame> awaitEvents(int count) {
    if (!await(() -> events().size() >= count)) {
      throw new AssertionError("waited for " + count + " events, there are " + events());
    }
    return events();
  }

  /** As {@link #awaitEvents} for one. */
  public Frame awaitEvent() {
    return awaitEvents(1).get(0);
  }

  @Override
  public void beforeEach(ExtensionContext test) {
    start();
  }

  @Override
  public void afterEach(ExtensionContext test) {
    check();
  }

  private synchronized void clear() {
    finished.clear();
    events.clear();
  }

  void start() {
    clear();
    adviceFailures = agent.adviceFailures();
    guardFailures = Guard.failures();
    complaints = agent.complaints().size();
    install();
  }

  /** Ends what {@code Tracer.install(null)} began: a stretch without the agent. */
  void install() {
    Tracer.install(tracer);
  }

  void check() {
    boolean allEnded = await(() -> tracer.open() == 0);
    Context left = Context.current();
    Context.restore(null);
    Tracer.install(null);
    if (agent.adviceFailures() > adviceFailures || agent.complaints().size() > complaints) {
      throw new AssertionError("advice failed and was suppressed: " + agent.complaints());
    }
    if (Guard.failures() > guardFailures) {
      throw new AssertionError("a wrapper failed and was suppressed; see Guard.failed");
    }
    if (!NettyLeaks.found().isEmpty()) {
      throw new AssertionError("buffers of Netty were not released: " + NettyLeaks.found());
    }
    if (!allEnded) {
      throw new AssertionError(tracer.open() + " calls or spans have not ended");
    }
    if (left != null) {
      throw new AssertionError("the test's thread is left inside a context");
    }
  }

  private boolean await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
    }
    return true;
  }
}
