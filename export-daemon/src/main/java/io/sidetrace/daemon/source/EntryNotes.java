package io.sidetrace.daemon.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.XTrimArgs;
import io.sidetrace.event.EventStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers in Redis which frames of an entry are settled while others are not, so that after a
 * crash they are not exported again. An entry that is settled at once has no note; of any other
 * there is one, written anew as more of it is settled, and erased with it.
 *
 * <pre>
 * key  := sidetrace:settled:{stream}     in the stream's slot of a cluster; a stream itself
 * note := e entry id · f {@link FrameRanges}
 * </pre>
 *
 * <p>Nothing waits for a note to be written or erased: where Redis takes none, events are repeated
 * after a crash. For one thread.
 */
final class EntryNotes {
  private static final Logger log = LoggerFactory.getLogger(EntryNotes.class);

  private static final String ENTRY = "e";

  /** As many as a daemon holds entries; beyond, the oldest go. Each takes some 100 bytes. */
  private static final int MOST = 20_000;

  /** One whose entry left by another way than ours is erased some time after this. */
  private static final Duration OUTDATED = Duration.ofDays(7);

  private final RedisLine line;
  private final AtomicBoolean told = new AtomicBoolean();
  private final Map<String, Map<String, Note>> recalled = new HashMap<>();

  EntryNotes(RedisLine line) {
    this.line = line;
  }

  /**
   * What was noted of an entry.
   *
   * @param ids of the notes it is from: of two that crossed, or that two daemons wrote, both hold
   */
  record Note(BitSet settled, List<String> ids) {}

  /** Notes what is settled of an entry, in place of the note there was. */
  @SuppressWarnings("FutureReturnValueIgnored") // nobody waits
  void write(StreamEntry entry) {
    String key = key(entry.stream());
    List<String> former = entry.takeNotes();
    line.commands()
        .xadd(
            key,
            new XAddArgs().maxlen(MOST).approximateTrimming(),
            Map.of(
                ENTRY,
                entry.id().getBytes(UTF_8),
                EventStream.FRAMES,
                FrameRanges.encode(entry.settled())))
        .whenComplete((id, error) -> written(entry, id, error));
    erase(key, former);
  }

  /** On a thread of the client's. */
  private void written(StreamEntry entry, @Nullable String id, @Nullable Throwable error) {
    if (id != null) {
      entry.noted(id);
    } else if (error instanceof RedisCommandExecutionException && !told.getAndSet(true)) {
      log.warn(
          "Redis takes no note of what is settled of an entry: {}; should this daemon be killed,"
              + " such events are exported again",
          RedisLink.reason(error));
    }
  }

  /** The entries are gone. Redis must have answered a command that came after their notes. */
  void erase(String stream, Collection<StreamEntry> entries) {
    List<String> ids = new ArrayList<>();
    entries.forEach(entry -> ids.addAll(entry.takeNotes()));
    erase(key(stream), ids);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // nobody waits
  private void erase(String key, List<String> ids) {
    if (!ids.isEmpty()) {
      line.commands().xdel(key, ids.toArray(String[]::new));
    }
  }

  /**
   * Reads what was noted of entries that others, or this daemon in a former life, left behind. All
   * notes of a stream are looked through, which is rare: there are some only after a crash.
   */
  void recall(String stream, Predicate<String> wanted) {
    Map<String, Note> found = new HashMap<>();
    try {
      String outdated = System.currentTimeMillis() - OUTDATED.toMillis() + "-0";
      RedisLink.await(line.commands().xtrim(key(stream), XTrimArgs.Builder.minId(outdated)));
      Range<String> range = Range.unbounded();
      List<StreamMessage<String, byte[]>> page;
      do {
        page =
            RedisLink.await(
                line.commands().xrange(key(stream), range, Limit.from(RedisPending.PAGE)));
        for (StreamMessage<String, byte[]> note : page) {
          recall(note, wanted, found);
          range = Range.from(Range.Boundary.excluding(note.getId()), Range.Boundary.unbounded());
        }
      } while (page.size() == RedisPending.PAGE);
    } catch (RedisException e) {
      if (RedisLink.isElsewhere(e)) {
        throw e;
      }
      log.warn("cannot read what is settled of entries of {}: {}", stream, RedisLink.reason(e));
    }
    recalled.put(stream, found);
  }

  private static void recall(
      StreamMessage<String, byte[]> message, Predicate<String> wanted, Map<String, Note> to) {
    byte[] entry = message.getBody().get(ENTRY);
    byte[] frames = message.getBody().get(EventStream.FRAMES);
    if (entry != null && frames != null && wanted.test(new String(entry, UTF_8))) {
      Note note =
          to.computeIfAbsent(
              new String(entry, UTF_8), id -> new Note(new BitSet(), new ArrayList<>(1)));
      note.settled().or(FrameRanges.decode(frames));
      note.ids().add(message.getId());
    }
  }

  /** Gives an entry that is about to be delivered what is recalled of it. */
  void remind(StreamEntry entry) {
    Map<String, Note> notes = recalled.get(entry.stream());
    Note note = notes == null ? null : notes.remove(entry.id());
    if (note != null) {
      entry.resume(note);
    }
  }

  static String key(String stream) {
    return "sidetrace:settled:{" + stream + "}";
  }
}
