package io.sidetrace.daemon.source;

import io.lettuce.core.StreamMessage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The entries that this daemon works on, and which of them are done. */
final class HeldEntries {
  private final Inbox<StreamEntry.Answer> inbox;
  private final EntryFrames frames;
  private final EntryNotes notes;
  private final Map<String, StreamEntry> held = new LinkedHashMap<>();
  private final Set<StreamEntry> done = new LinkedHashSet<>();

  /** Answered for since they were last noted. */
  private final Set<StreamEntry> changed = new LinkedHashSet<>();

  /** Ours, and not delivered for now: by stream. */
  private final Map<String, Set<String>> aside = new LinkedHashMap<>();

  /** Ours, but not fetched yet: by stream. */
  private final Map<String, Set<String>> found = new LinkedHashMap<>();

  HeldEntries(EntryNotes notes, Bell bell) {
    this.inbox = new Inbox<>(bell);
    this.frames = new EntryFrames(inbox);
    this.notes = notes;
  }

  boolean holds(String stream, String id) {
    return isInHand(stream, id)
        || found.getOrDefault(stream, Set.of()).contains(id)
        || aside.getOrDefault(stream, Set.of()).contains(id);
  }

  boolean isInHand(String stream, String id) {
    return held.containsKey(key(stream, id));
  }

  /** Keeps an entry from being found, by us and by others, without holding it. */
  void putAside(String stream, String id) {
    aside.computeIfAbsent(stream, key -> new LinkedHashSet<>()).add(id);
  }

  /** It is about to be taken. */
  void takeUp(String stream, String id) {
    aside.getOrDefault(stream, Set.of()).remove(id);
  }

  /** Takes note of entries that are ours and shall be fetched when there is room. */
  void found(String stream, Collection<String> ids) {
    if (!ids.isEmpty()) {
      found.computeIfAbsent(stream, key -> new LinkedHashSet<>()).addAll(ids);
    }
  }

  boolean hasFound() {
    return !found.isEmpty();
  }

  /** Some of those that were {@link #found}, all of one stream; to be fetched now. */
  Map<String, List<String>> nextFound(int max) {
    Iterator<Map.Entry<String, Set<String>>> first = found.entrySet().iterator();
    if (!first.hasNext()) {
      return Map.of();
    }
    Map.Entry<String, Set<String>> stream = first.next();
    List<String> ids = stream.getValue().stream().limit(max).toList();
    ids.forEach(stream.getValue()::remove);
    if (stream.getValue().isEmpty()) {
      first.remove();
    }
    return Map.of(stream.getKey(), ids);
  }

  int size() {
    return held.size();
  }

  /**
   * Hands on an entry, unless it is held already.
   *
   * @param continuous see {@link Delivery#continuous}
   */
  void take(StreamMessage<String, byte[]> message, boolean continuous, Intake to) {
    if (!holds(message.getStream(), message.getId())) {
      handOn(open(message), message, continuous, to);
    }
  }

  /** Puts an entry among the dead letters, frame by frame. */
  void bury(StreamMessage<String, byte[]> message, String reason, Intake to) {
    StreamEntry entry = open(message);
    frames.bury(entry, message.getBody(), reason, to);
    noteIfDone(entry);
  }

  private StreamEntry open(StreamMessage<String, byte[]> message) {
    StreamEntry entry = new StreamEntry(message.getStream(), message.getId());
    notes.remind(entry);
    held.put(key(entry.stream(), entry.id()), entry);
    return entry;
  }

  /** Hands on what was returned of an entry. */
  void takeAgain(StreamEntry entry, List<StreamMessage<String, byte[]>> found, Intake to) {
    entry.handOnAgain();
    found.forEach(message -> handOn(entry, message, false, to));
    entry.handedOn(); // also if it was deleted meanwhile
    noteIfDone(entry);
  }

  private void handOn(
      StreamEntry entry, StreamMessage<String, byte[]> message, boolean continuous, Intake to) {
    frames.handOn(entry, message.getBody(), continuous, to);
    noteIfDone(entry);
  }

  /** Takes note of what was settled since the last call. */
  void drain() {
    inbox.drain(
        answer -> {
          answer.apply();
          changed.add(answer.entry());
          noteIfDone(answer.entry());
        });
  }

  /** Has Redis remember what was settled since the last call, of entries that are not done. */
  void remember() {
    changed.stream().filter(StreamEntry::isPartlySettled).forEach(notes::write);
    changed.clear();
  }

  private void noteIfDone(StreamEntry entry) {
    if (entry.isDone()) {
      done.add(entry);
    }
  }

  /** Ids of entries to remove, by stream. */
  Map<String, List<String>> done() {
    return byStream(done);
  }

  /** What others may not take over: held or waiting to be fetched. */
  Map<String, List<String>> all() {
    Map<String, List<String>> all = inHand();
    for (Map<String, Set<String>> more : List.of(found, aside)) {
      more.forEach(
          (stream, ids) -> all.computeIfAbsent(stream, key -> new ArrayList<>()).addAll(ids));
    }
    return all;
  }

  /** What was delivered and is not removed. */
  Map<String, List<String>> inHand() {
    return byStream(held.values());
  }

  /** Some entries with returned frames that may be delivered again. */
  List<StreamEntry> due(long nowNanos, int max) {
    return held.values().stream().filter(entry -> entry.isDue(nowNanos)).limit(max).toList();
  }

  /** Those that are {@link #done} are removed from their streams. */
  void forgetDone() {
    done.stream().collect(Collectors.groupingBy(StreamEntry::stream)).forEach(notes::erase);
    done.forEach(entry -> held.remove(key(entry.stream(), entry.id())));
    done.clear();
  }

  private static Map<String, List<String>> byStream(Collection<StreamEntry> entries) {
    Map<String, List<String>> ids = new HashMap<>();
    for (StreamEntry entry : entries) {
      ids.computeIfAbsent(entry.stream(), stream -> new ArrayList<>()).add(entry.id());
    }
    return ids;
  }

  private static String key(String stream, String id) {
    return id + "@" + stream;
  }
}
