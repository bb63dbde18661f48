package io.sidetrace.instrumentation.undertow;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One read or write of a channel: which part of the buffers it took is known afterwards. */
public final class Transfer {
  private final UndertowCall call;
  private final ByteBuffer[] buffers;
  private final int[] positions;

  private Transfer(UndertowCall call, ByteBuffer[] buffers) {
    this.call = call;
    this.buffers = buffers;
    this.positions = new int[buffers.length];
    for (int i = 0; i < buffers.length; i++) {
      positions[i] = buffers[i].position();
    }
  }

  static @Nullable Transfer of(Object channel, ByteBuffer... buffers) {
    UndertowCall call = UndertowCall.ofChannel(channel);
    return call == null ? null : new Transfer(call, buffers);
  }

  void read(long count) {
    if (count > 0) {
      call.read(passed(0));
    }
  }

  void written(long count, @Nullable Throwable thrown) {
    for (int i = 0; count > 0 && i < buffers.length; i++) {
      call.written(passed(i));
    }
    if (thrown != null) {
      call.failed(thrown);
    }
  }

  private ByteBuffer passed(int i) {
    ByteBuffer passed = buffers[i].duplicate();
    passed.flip().position(positions[i]);
    return passed;
  }
}
