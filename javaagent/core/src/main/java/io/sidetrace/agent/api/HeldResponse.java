package io.sidetrace.agent.api;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A response that the application has and whose call has not ended. Thread-safe. */
final class HeldResponse extends WeakReference<Object> {
  private static final ReferenceQueue<Object> DROPPED = new ReferenceQueue<>();

  /** A reference that is itself unreachable is never queued. */
  private static final Set<HeldResponse> HELD = ConcurrentHashMap.newKeySet();

  private final ClientCall call;

  private HeldResponse(Object response, ClientCall call) {
    super(response, DROPPED);
    this.call = call;
  }

  static HeldResponse of(Object response, ClientCall call) {
    HeldResponse held = new HeldResponse(response, call);
    HELD.add(held);
    return held;
  }

  /** Cheaper than the JVM's, which has to write it into the object's head. */
  @Override
  public int hashCode() {
    return Long.hashCode(call.startNanos);
  }

  /** Itself only. */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  void release() {
    HELD.remove(this);
  }

  static void endAbandoned() {
    for (Object held = DROPPED.poll(); held != null; held = DROPPED.poll()) {
      ((HeldResponse) held).call.abandoned();
    }
  }
}
