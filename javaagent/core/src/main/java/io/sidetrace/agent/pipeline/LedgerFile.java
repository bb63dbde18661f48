package io.sidetrace.agent.pipeline;

import io.sidetrace.agent.transport.Ledger.Snapshot;
import io.sidetrace.agent.transport.Transport;
import io.sidetrace.event.Event.Origin;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the ledger, at most once a second and only while it changes:
 *
 * <pre>{@code
 * {"v":1,"instance":"shop-7-1700000000000","service":"shop","atMillis":1700000000000,
 *  "captured":9,"sent":7,"dropped":{"queueFull":1,…},"queued":1,"withoutBodies":0}
 * }</pre>
 */
final class LedgerFile {
  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Origin origin;
  private final Transport transport;
  private @Nullable String published;
  private long publishedAt;

  LedgerFile(Origin origin, Transport transport) {
    this.origin = origin;
    this.transport = transport;
  }

  /**
   * @param now true: whether or not a second has passed
   */
  void publish(Snapshot counts, boolean now) {
    if (!now && published != null && System.nanoTime() - publishedAt < EVERY_NANOS) {
      return;
    }
    // Texts are compared, not records: the first equals of a record makes some 60 classes.
    String json = json(counts);
    if (!json.equals(published)) {
      transport.publish(head() + json);
      published = json;
      publishedAt = System.nanoTime();
    }
  }

  /** By hand, as all of it: the names are ours, and all other text is a service name. */
  private String head() {
    StringBuilder json = new StringBuilder(150).append("{\"v\":1,\"instance\":");
    quoted(origin.instance(), json).append(",\"service\":");
    quoted(origin.service(), json);
    number("atMillis", System.currentTimeMillis(), json);
    return json.toString();
  }

  private static String json(Snapshot counts) {
    StringBuilder json = new StringBuilder(200);
    number("captured", counts.captured(), json);
    number("sent", counts.sent(), json);
    json.append(",\"dropped\":{");
    String comma = "";
    for (Map.Entry<String, Long> cause : counts.dropped().entrySet()) {
      json.append(comma).append('"').append(cause.getKey()).append("\":").append(cause.getValue());
      comma = ",";
    }
    json.append('}');
    number("queued", counts.queued(), json);
    number("withoutBodies", counts.withoutBodies(), json);
    return json.append("}\n").toString();
  }

  private static void number(String key, long value, StringBuilder to) {
    to.append(",\"").append(key).append("\":").append(value);
  }

  private static StringBuilder quoted(String text, StringBuilder to) {
    to.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        to.append('\\').append(c);
      } else {
        to.append(c < ' ' ? ' ' : c);
      }
    }
    return to.append('"');
  }
}
