package io.sidetrace.daemon.kill;

/** Where a daemon is killed: at the entry of a method, or while Langfuse keeps it waiting. */
enum KillPoint {
  AFTER_READ("io.sidetrace.daemon.run.Pipeline", "deliver", 20),
  /** A request is under way and not answered. */
  AFTER_SEND("", "", 2),
  AFTER_200("io.sidetrace.daemon.run.Journey", "accepted", 20),
  /** Before what is settled of a segment is noted beside it. */
  BEFORE_NOTE("io.sidetrace.daemon.source.SettledFrames", "append", 0),
  /** Before what is settled of an entry is noted in Redis. */
  BEFORE_ENTRY_NOTE("io.sidetrace.daemon.source.EntryNotes", "write", 0),
  /** Before an entry is deleted and acknowledged. */
  BEFORE_ACK("io.lettuce.core.AbstractRedisAsyncCommands", "xdel", 0),
  /** The segment is gone, the note beside it is not. */
  IN_SEGMENT_DELETION("io.sidetrace.daemon.source.SettledFrames", "delete", 0),
  /** An entry is deleted and not acknowledged. */
  BETWEEN_DELETE_AND_ACK("io.lettuce.core.AbstractRedisAsyncCommands", "xack", 0),
  BEFORE_DEAD_LETTER("io.sidetrace.daemon.deadletter.DeadLetterFile", "encode", 2),
  /** It is written, and its source does not know. */
  AFTER_DEAD_LETTER("io.sidetrace.daemon.deadletter.DeadLetters", "note", 2);

  final String type;
  final String method;

  /** How many times a daemon may pass the point before, at most. */
  final int skips;

  KillPoint(String type, String method, int skips) {
    this.type = type;
    this.method = method;
    this.skips = skips;
  }
}
