package io.sidetrace.instrumentation.testing;

import io.sidetrace.instrumentation.testing.Caller.Incoming;
import io.sidetrace.instrumentation.testing.Caller.Outgoing;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes one call after the other, each until the last byte of its answer, outside of any request.
 * At a rate, a call's time counts from when it was due.
 *
 * <pre>
 *   call    := URI UTF · length int · body · most calls int · most milliseconds int
 *              · calls a second int, 0: each as soon as the last was answered
 *   answer  := calls int · nanoseconds of each, long · bytes of all answers' bodies long
 * </pre>
 */
final class CallLoop {
  private final Caller caller;
  private final byte[] buffer = new byte[8 << 10];
  private long[] nanos = new long[1024];

  CallLoop(Caller caller) {
    this.caller = caller;
  }

  /** Reads what to call, calls, writes what it took. */
  void obey(DataInputStream in, DataOutputStream out) throws Exception {
    URI uri = URI.create(in.readUTF());
    byte[] body = new byte[in.readInt()];
    in.readFully(body);
    int mostCalls = in.readInt();
    long due = System.nanoTime();
    long end = due + TimeUnit.MILLISECONDS.toNanos(in.readInt());
    int perSecond = in.readInt();
    int calls = 0;
    long read = 0;
    for (; calls < mostCalls && due < end; calls++) {
      waitUntil(due);
      read += call(Outgoing.post(uri, body));
      long now = System.nanoTime();
      note(calls, now - due);
      due = perSecond == 0 ? now : due + TimeUnit.SECONDS.toNanos(1) / perSecond;
    }
    out.writeInt(calls);
    for (int i = 0; i < calls; i++) {
      out.writeLong(nanos[i]);
    }
    out.writeLong(read);
  }

  private static void waitUntil(long due) {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private long call(Outgoing request) throws Exception {
    Incoming answer = caller.call(request);
    if (answer.status() != 200) {
      throw new IOException("answered with " + answer.status());
    }
    long bytes = 0;
    try (InputStream body = answer.body()) {
      for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
        bytes += count;
      }
    }
    return bytes;
  }

  private void note(int call, long took) {
    if (call == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * call);
    }
    nanos[call] = took;
  }
}
