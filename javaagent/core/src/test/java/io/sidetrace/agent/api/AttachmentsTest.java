package io.sidetrace.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
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
