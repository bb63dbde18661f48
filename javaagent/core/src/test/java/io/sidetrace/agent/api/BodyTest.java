package io.sidetrace.agent.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.sidetrace.event.Event.BodySize;
import io.sidetrace.event.Slice;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BodyTest {
  private static final byte[] TEN = "0123456789".getBytes(UTF_8);

  @Test
  void bytes_areKeptUpToTheBoundAndCountedBeyond() {
    Body body = new Body(15);

    body.add(TEN, 0, 10);
    body.add(TEN, 0, 10);
    body.add((byte) 'x');

    assertThat(body.slice().toUtf8()).isEqualTo("012345678901234");
    assertThat(body.sizes(false)).isEqualTo(new BodySize(21, true, false));
  }

  @Test
  void exactlyTheBound_isNotTruncated() {
    Body body = new Body(10);

    body.add(TEN, 0, 10);

    assertThat(body.sizes(true)).isEqualTo(new BodySize(10, false, true));
  }

  @Test
  void aBuffer_isCopiedWithoutMovingIt() {
    for (ByteBuffer buffer :
        new ByteBuffer[] {
          ByteBuffer.wrap(TEN).asReadOnlyBuffer(), ByteBuffer.allocateDirect(10).put(TEN).flip()
        }) {
      buffer.position(2).limit(7);
      Body body = new Body(100);

      body.add(buffer);

      assertThat(body.slice().toUtf8()).isEqualTo("23456");
      assertThat(buffer.position()).isEqualTo(2);
      assertThat(buffer.limit()).isEqualTo(7);
    }
  }

  @Test
  void aBoundOfZero_keepsNothing() {
    Body body = new Body(0);

    body.expect(1000);
    body.add(TEN, 0, 10);
    body.add((byte) 'x');
    body.add(ByteBuffer.wrap(TEN));

    assertThat(body.slice()).isEqualTo(Slice.EMPTY);
    assertThat(body.sizes(false)).isEqualTo(new BodySize(21, true, false));
  }

  @Test
  void anExpectedLength_isNoMoreThanARequestForRoom() {
    for (long expected : new long[] {-1, 0, 3, 10, 1L << 40}) {
      Body body = new Body(20);

      body.expect(expected);
      body.add(TEN, 0, 10);

      assertThat(body.slice().toUtf8()).isEqualTo("0123456789");
    }
  }

  @Test
  void anExpectedLength_takesNoRoomBeforeAByteComes() {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    Body body = new Body(1 << 20);
    threads.getThreadAllocatedBytes(thread);

    long before = threads.getThreadAllocatedBytes(thread);
    for (int i = 0; i < 10; i++) {
      body.clear();
      body.expect(1 << 20);
    }

    assertThat(threads.getThreadAllocatedBytes(thread) - before).isLessThan(1 << 20);
  }

  @Test
  void manyChunks_areOneBody() {
    Body body = new Body(1 << 20);
    byte[] all = new byte[100_000];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }

    for (int at = 0; at < all.length; at += 777) {
      body.add(all, at, Math.min(777, all.length - at));
    }

    assertThat(body.slice().toBytes()).isEqualTo(all);
  }

  @Test
  void clear_leavesASliceTakenBeforeAsItWas() {
    Body body = new Body(100);
    body.add(TEN, 0, 10);
    Slice before = body.slice();

    body.clear();
    body.add(Arrays.copyOf(TEN, 3), 0, 3);

    assertThat(before.toUtf8()).isEqualTo("0123456789");
    assertThat(body.slice().toUtf8()).isEqualTo("012");
    assertThat(body.size()).isEqualTo(3);
  }
}
