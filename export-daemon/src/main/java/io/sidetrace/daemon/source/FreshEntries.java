package io.sidetrace.daemon.source;

import io.lettuce.core.Consumer;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.sidetrace.event.EventStream;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for entries that nobody has read: one question is always under way, which Redis answers when
 * there are some. For one thread.
 */
final class FreshEntries {
  private final RedisLine line;
  private final List<String> streams;
  private final Consumer<String> self;
  private final Duration block;
  private final Bell bell;
  private final EntryCount count = new EntryCount();
  private @Nullable RedisFuture<List<StreamMessage<String, byte[]>>> answer;
  private boolean asked;
  private boolean answered;

  /**
   * @param line for this alone: a command behind a question waits until that is answered
   * @param block how long Redis waits for entries before it answers that there are none
   * @param bell rung by each answer
   */
  FreshEntries(RedisLine line, List<String> streams, String consumer, Duration block, Bell bell) {
    this.line = line;
    this.streams = streams;
    this.self = Consumer.from(EventStream.GROUP, consumer);
    this.block = block;
    this.bell = bell;
  }

  /** Whether something may be on its way to us. */
  boolean asked() {
    return asked;
  }

  /** Whether we know what there was when we came. */
  boolean answered() {
    return answered;
  }

  /**
   * What has come since the last call, and the next question. Does not wait.
   *
   * @throws RedisException if the answer is an error; what it may have held is then lost sight of
   */
  List<StreamMessage<String, byte[]>> next() {
    RedisFuture<List<StreamMessage<String, byte[]>>> here = answer;
    if (here != null && !here.toCompletableFuture().isDone()) {
      return List.of();
    }
    answer = null;
    List<StreamMessage<String, byte[]>> entries = here == null ? List.of() : RedisLink.await(here);
    answered |= here != null;
    count.saw(entries);
    ask(); // Redis gathers the next entries while these are decoded
    return entries;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
  private void ask() {
    StreamOffset<String>[] offsets =
        streams.stream().map(StreamOffset::lastConsumed).toArray(StreamOffset[]::new);
    RedisFuture<List<StreamMessage<String, byte[]>>> coming =
        line.commands()
            .xreadgroup(self, XReadArgs.Builder.block(block).count(count.next()), offsets);
    answer = coming;
    asked = true;
    coming.whenComplete((entries, error) -> bell.ring());
  }

  /** Gives the connection up: the answer to what was asked will not come. */
  void forget() {
    line.drop();
    answer = null;
  }
}
