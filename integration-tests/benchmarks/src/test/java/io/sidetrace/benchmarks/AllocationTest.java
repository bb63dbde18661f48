package io.sidetrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.sidetrace.agent.api.CaptureSettings;
import io.sidetrace.agent.api.Tracer;
import io.sidetrace.benchmarks.corpus.Capture;
import io.sidetrace.benchmarks.corpus.Conversation;
import io.sidetrace.benchmarks.corpus.Recorder;
import io.sidetrace.event.Event.Origin;
import io.sidetrace.event.Frame;
import io.sidetrace.event.FrameEncoder;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What capturing allocates on the application's thread. Bytes are counted by the JVM, so a busy
 * machine changes nothing; a compiler that removes allocations only lowers the count. The bounds
 * are what the interpreter needs, and a little: whoever breaks one decides whether it is worth it.
 */
class AllocationTest {
  private static final int CALLS = 2_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final byte[] question = new byte[700];
  private final byte[] answer = new byte[600];
  private long captured;

  @BeforeEach
  void countWhatIsCaptured() {
    Origin origin = new Origin("demo", "demo-1-1", null, null);
    Tracer.install(
        new Tracer(
            CaptureSettings.defaults(origin),
            finished -> {
              Frame frame = finished.frame();
              captured += frame.request().length() + frame.response().length();
            }));
  }

  @AfterEach
  void removeTracer() {
    Tracer.install(null);
  }

  @Test
  void serverCall_allocatesLittleBeyondItsBodies() {
    assertThat(perCall(() -> Capture.request(question, answer))).isLessThan(1_450);
  }

  @Test
  void clientCall_allocatesLittleBeyondItsBodies() {
    Conversation plain = Conversation.plain(1024, 1024);

    assertThat(perCall(() -> Capture.exchange(plain))).isLessThan(1_600);
  }

  @Test
  void clientCallOf200Chunks_keepsItsPiecesWithoutCopies() {
    Conversation streamed = Conversation.streamed(1024, 200);

    assertThat(perCall(() -> Capture.exchange(streamed))).isLessThan(18_300);
  }

  @Test
  void wholeRequest_staysBelowItsBudget() {
    Conversation plain = Conversation.plain(1024, 1024);

    assertThat(perCall(() -> Capture.trace(plain, question, answer))).isLessThan(3_350);
  }

  /** On the drainer's thread, but of the same heap. */
  @Test
  void encodingThreeFrames_allocatesNextToNothing() {
    List<Frame> frames = Recorder.trace(Conversation.plain(1024, 1024));
    FrameEncoder encoder = new FrameEncoder();

    long bytes =
        perCall(
            () -> {
              encoder.clear(1 << 20);
              frames.forEach(frame -> encoder.append(frame, 7));
            });

    assertThat(bytes).isLessThan(280);
  }

  /** Bytes beyond the captured ones, on average, with those of the frame. */
  private long perCall(Runnable call) {
    for (int i = 0; i < 200; i++) {
      call.run(); // loads classes, links lambdas
    }
    long thread = Thread.currentThread().getId();
    captured = 0;
    long before = threads.getThreadAllocatedBytes(thread);
    for (int i = 0; i < CALLS; i++) {
      call.run();
    }
    long allocated = threads.getThreadAllocatedBytes(thread) - before;
    return (allocated - captured) / CALLS;
  }
}
