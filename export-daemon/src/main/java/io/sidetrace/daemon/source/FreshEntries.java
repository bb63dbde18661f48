package io.sidetrace.daemon.source;

import io.lettuce.core.Consumer;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.sidetrace.event.EventStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for entries that nobody has read: one question is always under way, which Redis answers when
 * there are some; in a cluster one for each stream. For one thread.
 */
final class FreshEntries {
  private final RedisLink link;
  private final Consumer<String> self;
  private final Duration block;
  private final Bell bell;
  private final List<Question> questions = new ArrayList<>();
  private boolean asked;

  /**
   * @param block how long Redis waits for entries before it answers that there are none
   * @param bell rung by each answer
   */
  FreshEntries(RedisLink link, List<String> streams, String consumer, Duration block, Bell bell) {
    this.link = link;
    this.self = Consumer.from(EventStream.GROUP, consumer);
    this.block = block;
    this.bell = bell;
    link.together(streams).forEach(each -> questions.add(new Question(each)));
  }

  /** Whether something may be on its way to us. */
  boolean asked() {
    return asked;
  }

  /**
   * What has come since the last call, and the next questions. Does not wait.
   *
   * @throws RedisException if an answer is an error; what other answers hold is then lost sight of
   */
  List<StreamMessage<String, byte[]>> next() {
    List<StreamMessage<String, byte[]>> entries = new ArrayList<>();
    questions.forEach(question -> entries.addAll(question.next()));
    return entries;
  }

  /** The answers to what was asked will not come. */
  void forget() {
    questions.forEach(question -> question.answer = null);
  }

  private final class Question {
    private final List<String> streams;
    private final EntryCount count = new EntryCount();
    private @Nullable RedisFuture<List<StreamMessage<String, byte[]>>> answer;

    private Question(List<String> streams) {
      this.streams = streams;
    }

    private List<StreamMessage<String, byte[]>> next() {
      RedisFuture<List<StreamMessage<String, byte[]>>> here = answer;
      if (here != null && !here.toCompletableFuture().isDone()) {
        return List.of();
      }
      answer = null;
      List<StreamMessage<String, byte[]>> entries =
          here == null ? List.of() : RedisLink.await(here);
      count.saw(entries);
      ask(); // Redis gathers the next entries while these are decoded
      return entries;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    private void ask() {
      StreamOffset<String>[] offsets =
          streams.stream().map(StreamOffset::lastConsumed).toArray(StreamOffset[]::new);
      RedisFuture<List<StreamMessage<String, byte[]>>> coming =
          link.reader(streams.get(0))
              .xreadgroup(self, XReadArgs.Builder.block(block).count(count.next()), offsets);
      answer = coming;
      asked = true;
      coming.whenComplete((entries, error) -> bell.ring());
    }
  }
}
