package io.sidetrace.instrumentation.springrabbit;

import io.sidetrace.agent.api.HeaderLookup;
import io.sidetrace.agent.api.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Message;

/** What runs at the methods that {@link SpringRabbitInstrumentation} names. */
public final class ListenerAdvice {

  private ListenerAdvice() {}

  /**
   * @param delivered a message, or several, which may come from many traces and so belong to none
   */
  public static @Nullable Span enterListener(
      Object container, @Nullable Object channel, @Nullable Object delivered) {
    if (delivered instanceof Message message) {
      return Span.beginJob(queue(message).concat(" process"), name -> header(message, name));
    }
    if (delivered instanceof List<?> batch
        && !batch.isEmpty()
        && batch.get(0) instanceof Message first) {
      return Span.beginJob(queue(first).concat(" process batch"), HeaderLookup.NONE);
    }
    return null;
  }

  /** Spring puts an exception of its own around the listener's. */
  public static void exitListener(@Nullable Span job, @Nullable Throwable thrown) {
    if (job != null) {
      job.end(thrown == null || thrown.getCause() == null ? thrown : thrown.getCause());
    }
  }

  private static String queue(Message message) {
    String queue = message.getMessageProperties().getConsumerQueue();
    return queue == null ? "rabbit" : queue;
  }

  private static @Nullable String header(Message message, String name) {
    Object value = message.getMessageProperties().getHeaders().get(name);
    return value == null ? null : value.toString();
  }
}
