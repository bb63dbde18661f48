package io.sidetrace.daemon.model;

import java.util.List;
import java.util.Random;

/** What may happen next. Each has a weight; one that makes no sense now does nothing. */
enum Step {
  SPOOL(180),
  ADD_FRAMES(180),
  ADD_EVENT(40),
  ADD_JUNK(5),
  SPOOL_CORRUPT(5),
  AGENT_DIES(8),
  LANGFUSE_IS_FINE(30),
  LANGFUSE_CHANGES(30),
  LANGFUSE_REFUSES(3),
  DAEMON_STARTS(60),
  DAEMON_DIES(8),
  DAEMON_STOPS(2),
  DAEMON_FREEZES(6),
  DAEMON_THAWS(30),
  DAEMON_RELOADS(10),
  REDIS_DIES(2),
  REDIS_STARTS(30),
  REDIS_FREEZES(3),
  REDIS_THAWS(30),
  ALL_DIE(1),
  SOMEBODY_READS(8),
  SOMEBODY_STEALS(8),
  BOOKS_ARE_CHECKED(30);

  private static final List<String> CONFIGURATIONS =
      List.of(
          "",
          "drop-names: [noise*]\n",
          "drop-names: [noise*]\nmask: {content: [{route: /salaries, do: drop}]}\n",
          // Such a rule asks for the whole trace, so everything is held for a while.
          "mask: {content: [{route: /salaries, do: drop}]}\n",
          MortalDaemon.WRONG);

  private final int weight;

  Step(int weight) {
    this.weight = weight;
  }

  static Step any(Random random) {
    int sum = 0;
    for (Step step : values()) {
      sum += step.weight;
    }
    int left = random.nextInt(sum);
    for (Step step : values()) {
      left -= step.weight;
      if (left < 0) {
        return step;
      }
    }
    throw new IllegalStateException("weights do not add up");
  }

  void take(World world) throws Exception {
    MortalDaemon daemon = world.aDaemon();
    MortalRedis redis = world.redis;
    boolean redisAnswers = redis.isUp() && !redis.isFrozen();
    switch (this) {
      case SPOOL -> world.agents.spool();
      case SPOOL_CORRUPT -> world.agents.spoolCorrupt();
      case AGENT_DIES -> world.agents.dieAndBeBornAgain();
      case LANGFUSE_IS_FINE -> world.langfuse.be(MoodyLangfuse.Mood.FINE);
      case LANGFUSE_CHANGES -> world.langfuse.be(one(MoodyLangfuse.Mood.PASSING, world.random));
      case LANGFUSE_REFUSES -> world.langfuse.be(one(MoodyLangfuse.Mood.LASTING, world.random));
      case ALL_DIE -> world.killEverything();
      case BOOKS_ARE_CHECKED -> world.check();
      case ADD_FRAMES, ADD_EVENT, ADD_JUNK, SOMEBODY_READS, SOMEBODY_STEALS -> {
        if (redisAnswers) {
          use(redis, world.agents);
        }
      }
      case REDIS_STARTS -> {
        if (!redis.isUp()) {
          redis.restart();
        }
      }
      case REDIS_THAWS -> {
        if (redis.isFrozen()) {
          redis.thaw();
        }
      }
      case REDIS_DIES -> {
        if (redis.isUp()) {
          redis.kill();
        }
      }
      case REDIS_FREEZES -> {
        if (redisAnswers) {
          redis.freeze();
        }
      }
      case DAEMON_STARTS -> {
        if (!daemon.isUp()) {
          daemon.start();
        }
      }
      case DAEMON_THAWS -> {
        if (daemon.isFrozen()) {
          daemon.thaw();
        }
      }
      case DAEMON_DIES, DAEMON_STOPS, DAEMON_FREEZES, DAEMON_RELOADS -> {
        if (daemon.isUp() && !daemon.isFrozen()) {
          disturb(daemon, world.random);
        }
      }
    }
  }

  private void use(MortalRedis redis, Agents agents) {
    switch (this) {
      case ADD_FRAMES -> agents.addFrames(redis);
      case ADD_EVENT -> agents.addEvent(redis);
      case ADD_JUNK -> agents.addJunk(redis);
      case SOMEBODY_READS -> redis.readAndDie();
      case SOMEBODY_STEALS -> redis.stealAndDie();
      default -> throw new IllegalStateException(name());
    }
  }

  private void disturb(MortalDaemon daemon, Random random) throws Exception {
    switch (this) {
      case DAEMON_DIES -> {
        // On a busy machine it would seldom get beyond its start otherwise.
        if (random.nextInt(4) == 0 || daemon.reads()) {
          daemon.kill();
        }
      }
      case DAEMON_STOPS -> daemon.stop();
      case DAEMON_FREEZES -> daemon.freeze();
      case DAEMON_RELOADS -> daemon.reload(one(CONFIGURATIONS, random));
      default -> throw new IllegalStateException(name());
    }
  }

  private static <T> T one(List<T> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }
}
