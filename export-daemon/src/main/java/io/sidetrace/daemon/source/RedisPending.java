package io.sidetrace.daemon.source;

import io.lettuce.core.Consumer;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAutoClaimArgs;
import io.lettuce.core.XClaimArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.models.stream.ClaimedMessages;
import io.lettuce.core.models.stream.PendingMessage;
import io.sidetrace.event.EventStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The group's pending entries: what this daemon holds stays its own by being renewed, what it lost
 * sight of or a dead daemon left is found again. Entries are claimed by id alone and fetched after,
 * since Redis before 7.0 answers a claim of a deleted entry with nil in its place.
 */
final class RedisPending {
  static final int PAGE = 500;

  private final RedisLine line;
  private final String consumer;
  private final Duration minIdle;

  /**
   * @param minIdle how long a consumer must be silent to be taken for dead
   */
  RedisPending(RedisLine line, String consumer, Duration minIdle) {
    this.line = line;
    this.consumer = consumer;
    this.minIdle = minIdle;
  }

  /** Tells the group that the entries are worked on. Redis: XCLAIM with JUSTID sets idle to 0. */
  void renew(String stream, Collection<String> ids) {
    Consumer<String> self = Consumer.from(EventStream.GROUP, consumer);
    List<String> left = List.copyOf(ids);
    for (int i = 0; i < left.size(); i += PAGE) {
      String[] page = left.subList(i, Math.min(left.size(), i + PAGE)).toArray(String[]::new);
      RedisLink.await(
          line.commands().xclaim(stream, self, new XClaimArgs().justid().minIdleTime(0), page));
    }
  }

  /**
   * Ids that are this consumer's by the group's account, but not {@code held}: read by a call whose
   * answer never came, or before a restart.
   *
   * @param idle how long ago they must have been delivered; an answer may still be on its way
   */
  List<String> lost(String stream, Duration idle, Predicate<String> held) {
    List<String> lost = new ArrayList<>();
    Consumer<String> self = Consumer.from(EventStream.GROUP, consumer);
    Range<String> range = Range.unbounded();
    while (true) {
      List<PendingMessage> page =
          RedisLink.await(line.commands().xpending(stream, self, range, Limit.from(PAGE)));
      page.stream()
          .filter(entry -> entry.getMsSinceLastDelivery() >= idle.toMillis())
          .map(PendingMessage::getId)
          .filter(id -> !held.test(id))
          .forEach(lost::add);
      if (page.size() < PAGE) {
        return lost;
      }
      String last = page.get(page.size() - 1).getId();
      range = Range.from(Range.Boundary.excluding(last), Range.Boundary.unbounded());
    }
  }

  /**
   * Takes over what dead consumers hold, {@value #PAGE} entries at most. Redis: XAUTOCLAIM, from
   * 6.2 on.
   */
  List<String> claim(String stream) {
    XAutoClaimArgs<String> args =
        new XAutoClaimArgs<String>()
            .consumer(Consumer.from(EventStream.GROUP, consumer))
            .minIdleTime(minIdle)
            .startId("0-0")
            .count(PAGE)
            .justid();
    ClaimedMessages<String, byte[]> claimed =
        RedisLink.await(line.commands().xautoclaim(stream, args));
    return claimed.getMessages().stream().map(StreamMessage::getId).toList();
  }

  /** How often each was delivered before; those that are not pending any more are left out. */
  Map<String, Long> deliveries(String stream, List<String> ids) {
    List<RedisFuture<List<PendingMessage>>> answers =
        ids.stream()
            .map(
                id ->
                    line.commands()
                        .xpending(stream, EventStream.GROUP, Range.create(id, id), Limit.from(1)))
            .toList();
    Map<String, Long> deliveries = new LinkedHashMap<>();
    for (RedisFuture<List<PendingMessage>> answer : answers) {
      for (PendingMessage found : RedisLink.await(answer)) {
        deliveries.put(found.getId(), found.getRedeliveryCount());
      }
    }
    return deliveries;
  }

  /** Notes how often entries of ours were delivered. Redis: XCLAIM with RETRYCOUNT. */
  void count(String stream, Map<String, Long> deliveries) {
    Consumer<String> self = Consumer.from(EventStream.GROUP, consumer);
    List<RedisFuture<?>> answers = new ArrayList<>();
    deliveries.forEach(
        (id, count) ->
            answers.add(
                line.commands()
                    .xclaim(
                        stream,
                        self,
                        new XClaimArgs().justid().minIdleTime(0).retryCount(count),
                        id)));
    answers.forEach(RedisLink::await);
  }

  /** The entries themselves; one that was deleted is acknowledged and left out. */
  List<StreamMessage<String, byte[]>> fetch(String stream, List<String> ids) {
    RedisClusterAsyncCommands<String, byte[]> commands = line.commands();
    List<RedisFuture<List<StreamMessage<String, byte[]>>>> answers = new ArrayList<>();
    for (String id : ids) {
      answers.add(commands.xrange(stream, Range.create(id, id)));
    }
    List<StreamMessage<String, byte[]>> entries = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      List<StreamMessage<String, byte[]>> found = RedisLink.await(answers.get(i));
      if (found.isEmpty()) {
        RedisLink.await(commands.xack(stream, EventStream.GROUP, ids.get(i)));
      }
      entries.addAll(found);
    }
    return entries;
  }
}
