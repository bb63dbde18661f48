package io.sidetrace.instrumentation.reactornetty;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Context;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.ChannelOperations;

/** One subscription: its call, and the context of whoever subscribed. */
final class Traced {
  /** In Reactor's context, on its way from the subscriber to the channel. */
  static final Object KEY = Traced.class;

  private static final AttributeKey<Object> ATTRIBUTE = AttributeKey.valueOf("sidetrace.call");

  private final @Nullable Context caller;
  private volatile @Nullable ClientCall call;
  private volatile WeakReference<@Nullable ChannelOperations<?, ?>> operations =
      new WeakReference<>(null);
  private boolean answered;

  /**
   * @param call null: only a {@code traceparent} and the context travel
   */
  Traced(@Nullable Context caller, @Nullable ClientCall call) {
    this.caller = caller;
    this.call = call;
  }

  static @Nullable Traced of(Channel channel) {
    return channel.hasAttr(ATTRIBUTE) && channel.attr(ATTRIBUTE).get() instanceof Traced traced
        ? traced
        : null;
  }

  /**
   * The call that these operations are about. Their connection may carry another by the time they
   * are cancelled or fail: whoever took the whole answer cancels after it.
   */
  static @Nullable ClientCall call(ChannelOperations<?, ?> operations) {
    Traced traced = of(operations.channel());
    return traced == null || traced.operations.get() != operations ? null : traced.call;
  }

  /**
   * @param traced null: a pooled connection carries a call that is not traced
   */
  static void put(Channel channel, @Nullable Traced traced) {
    if (traced != null || channel.hasAttr(ATTRIBUTE)) {
      channel.attr(ATTRIBUTE).set(traced);
    }
  }

  @Nullable Context caller() {
    return caller;
  }

  @Nullable ClientCall call() {
    return call;
  }

  @Nullable String traceparent() {
    ClientCall current = call;
    return current != null ? current.traceparent() : caller == null ? null : caller.traceparent();
  }

  /** The request goes out; after a redirect, which was a call of its own, to another place. */
  void attempt(ChannelOperations<?, ?> by, String method, @Nullable String url) {
    operations = new WeakReference<>(by);
    if (answered && url != null) {
      answered = false;
      call = ClientCall.begin(caller, "reactor-netty", method, url);
    }
  }

  /** The head of an answer came, and not one that says to go on. */
  void answered() {
    answered = true;
  }

  boolean isAnswered() {
    return answered;
  }
}
