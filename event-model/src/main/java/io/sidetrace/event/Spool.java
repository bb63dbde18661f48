package io.sidetrace.event;

import java.io.File;
import java.util.Map;

/**
 * How a spool lies on disk, so that both sides find it.
 *
 * <pre>
 * root/                             one per user, or one shared through its group (mode 2770)
 *   &lt;service&gt;-&lt;pid&gt;-&lt;start millis&gt;/   one per agent process, named as {@link Event.Origin#instance};
 *                                   the agent holds a lock on {@code lock} from before the directory
 *                                   has its name until the process ends
 *     lock
 *     ledger.json                   the agent's counts, replaced as a whole
 *     0000000042.sdt                a closed segment: the rename from .open handed it over
 *     0000000043.open               the agent's own; the daemon's once the lock is free. Mostly one,
 *                                   being written; several while Redis is away, in their order
 *     0000000042.settled            the daemon's: frames of segment 42 it need not send again
 *
 * segment := magic "SDT1" (4) · frame*
 * </pre>
 *
 * <p>Names that begin with a dot are drafts: a reader passes over them. An {@code .open} segment
 * may end in the middle of a frame, or be empty. Numbers ascend but may leave gaps.
 */
public final class Spool {
  /** First bytes of a segment. */
  public static final int MAGIC = 0x53445431;

  public static final String LOCK = "lock";
  public static final String LEDGER = "ledger.json";
  public static final String CLOSED = ".sdt";
  public static final String OPEN = ".open";
  public static final String SETTLED = ".settled";

  private Spool() {}

  /** A segment's name without its ending: ten digits, so that names sort as numbers do. */
  public static String segmentName(long number) {
    String digits = Long.toString(number);
    return "0".repeat(Math.max(0, 10 - digits.length())) + digits;
  }

  /**
   * Where agent and daemon of one user meet when nothing is configured: {@code
   * $XDG_STATE_HOME/sidetrace/spool}, else {@code ~/.local/state/sidetrace/spool}, else, for users
   * without a home, {@code <tmp>/sidetrace-<user>/spool}.
   *
   * @param environment as {@link System#getenv()}
   */
  public static File defaultRoot(Map<String, String> environment) {
    String state = environment.get("XDG_STATE_HOME");
    if (state != null && new File(state).isAbsolute()) {
      return new File(state, "sidetrace/spool");
    }
    File home = new File(System.getProperty("user.home", "?"));
    if (home.isAbsolute() && home.canWrite()) {
      return new File(home, ".local/state/sidetrace/spool");
    }
    String user = System.getProperty("user.name", "unknown");
    return new File(System.getProperty("java.io.tmpdir"), "sidetrace-" + user + "/spool");
  }
}
