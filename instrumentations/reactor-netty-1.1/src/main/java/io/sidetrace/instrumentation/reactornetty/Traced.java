package io.sidetrace.instrumentation.reactornetty;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.Outgoing;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.ChannelOperations;

/** One subscription: its call, and the context of whoever subscribed. */
final class Traced {
  /** In Reactor's context, on its way from the subscriber to the channel. */
  static final Object KEY = Traced.class;

  private static final AttributeKey<Object> ATTRIBUTE = AttributeKey.valueOf("sidetrace.call");

  private volatile Outgoing out;
  private volatile WeakReference<@Nullable ChannelOperations<?, ?>> operations =
      new WeakReference<>(null);
  private boolean answered;

  Traced(Outgoing out) {
    this.out = out;
  }

  static @Nullable Traced of(Channel channel) {
    return channel.hasAttr(ATTRIBUTE) && channel.attr(ATTRIBUTE).get() instanceof Traced traced
        ? traced
        : null;
  }

  /**
   * What these operations are about. Their connection may carry another call by the time they are
   * cancelled or fail: whoever took the whole answer cancels after it.
   */
  static @Nullable Outgoing of(ChannelOperations<?, ?> operations) {
    Traced traced = of(operations.channel());
    return traced == null || traced.operations.get() != operations ? null : traced.out;
  }

  /**
   * @param traced null: a pooled connection carries a call that is not traced
   */
  static void put(Channel channel, @Nullable Traced traced) {
    if (traced != null || channel.hasAttr(ATTRIBUTE)) {
      channel.attr(ATTRIBUTE).set(traced);
    }
  }

  Outgoing out() {
    return out;
  }

  /** The request goes out; after a redirect, which was a call of its own, to another place. */
  void attempt(ChannelOperations<?, ?> by, String method, @Nullable String url) {
    operations = new WeakReference<>(by);
    if (answered && url != null) {
      answered = false;
      Context caller = out.caller();
      out = new Outgoing(ClientCall.begin(caller, "reactor-netty", method, url), caller);
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
