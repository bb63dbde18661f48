package io.sidetrace.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Exchanger;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AttachmentsTest {

  private final Attachments<Object, String> attachments = new Attachments<>();

  @Test
  void keysAreCompared_byIdentity() {
    String one = new String("same");
    String other = new String("same");

    attachments.put(one, "attached");

    assertThat(attachments.get(one)).isEqualTo("attached");
    assertThat(attachments.get(other)).isNull();
    assertThat(attachments.remove(one)).isEqualTo("attached");
    assertThat(attachments.get(one)).isNull();
  }

  @Test
  void put_replaces() {
    Object key = new Object();

    attachments.put(key, "first");
    attachments.put(key, "second");

    assertThat(attachments.get(key)).isEqualTo("second");
    assertThat(attachments.size()).isEqualTo(1);
  }

  @Test
  void aHandle_takesItsValueAway() {
    Object key = new Object();

    attachments.put(key, "attached").remove();

    assertThat(attachments.get(key)).isNull();
  }

  @Test
  void isEmpty_followsWhatIsAttached() {
    Object key = new Object();
    assertThat(attachments.isEmpty()).isTrue();

    attachments.put(key, "first");
    attachments.put(key, "second");
    assertThat(attachments.isEmpty()).isFalse();
    attachments.remove(key);
    attachments.remove(key);
    assertThat(attachments.isEmpty()).isTrue();

    attachments.put(key, "third").remove();
    assertThat(attachments.isEmpty()).isTrue();
  }

  /** As tasks that are forked on one thread and run on another. */
  @Test
  void isEmpty_isNeverTrueWhileSomethingIsAttached_whateverOthersDo() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    List<Thread> others = new ArrayList<>();
    for (int pair = 0; pair < 3; pair++) {
      Exchanger<List<Object>> handOver = new Exchanger<>();
      others.add(churn(stop, handOver, key -> attachments.put(key, "theirs")));
      others.add(churn(stop, handOver, attachments::remove));
    }
    Object key = new Object();
    attachments.put(key, "ours");

    long overlooked = 0;
    long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
    while (System.nanoTime() < end) {
      for (int i = 0; i < 1_000; i++) {
        overlooked += attachments.isEmpty() ? 1 : 0;
      }
    }
    stop.set(true);
    for (Thread other : others) {
      other.interrupt();
      other.join();
    }

    assertThat(overlooked).isZero();
    assertThat(key).isNotNull();
  }

  /** Does one thing to some keys, and exchanges them with whoever does the other. */
  private static Thread churn(
      AtomicBoolean stop, Exchanger<List<Object>> handOver, Consumer<Object> work) {
    Thread thread =
        new Thread(
            () -> {
              List<Object> keys = Stream.generate(Object::new).limit(16).toList();
              try {
                while (!stop.get()) {
                  keys.forEach(work);
                  keys = handOver.exchange(keys);
                }
              } catch (InterruptedException e) {
                // told to stop while the other has stopped already
              }
            });
    thread.start();
    return thread;
  }

  @Test
  void keysThatTheApplicationForgot_areForgotten() {
    Object key = new Object();
    var reference = new WeakReference<>(key);
    attachments.put(key, "attached");
    key = null;

    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    Object next = new Object();
    do {
      System.gc();
      LockSupport.parkNanos(1_000_000);
      attachments.put(next, "next");
    } while ((reference.get() != null || attachments.size() > 1) && System.nanoTime() < deadline);

    assertThat(attachments.size()).isEqualTo(1);
  }
}
