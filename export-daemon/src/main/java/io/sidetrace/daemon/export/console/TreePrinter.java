package io.sidetrace.daemon.export.console;

import io.sidetrace.daemon.shape.Observation;
import io.sidetrace.event.Event;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Draws a trace, such as
 *
 * <pre>
 * 12:00:01.250  POST /v1/chat/completions  1.24 s  200  demo-chat
 * │  in   {"model":"qwen-emotion","messages":[…
 * └─ ChatController.complete  1.23 s
 *    └─ chat.completions qwen-emotion  1.20 s  12 → 34 tokens  first token 210 ms
 *       in   user: How are you?
 *       out  assistant: Fine, thank you.
 * </pre>
 */
final class TreePrinter {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
  private static final int DEEPEST = 100;

  private final Paint paint;
  private final int width;
  private final ZoneId zone;

  TreePrinter(Paint paint, int width, ZoneId zone) {
    this.paint = paint;
    this.width = width;
    this.zone = zone;
  }

  /**
   * @param late true if the trace was printed before and these came after
   */
  String print(List<Observation> spans, boolean late) {
    TraceTree tree = new TraceTree(spans);
    StringBuilder out = new StringBuilder();
    for (Observation root : tree.roots()) {
      out.append(paint.dim(clock(root))).append("  ").append(headline(root));
      out.append("  ").append(paint.dim(root.trace().service()));
      if (late || isOrphan(root)) {
        String why = late ? "more of trace " : "without its parent; trace ";
        out.append("  ").append(paint.dim("(" + why + root.identity().traceId() + ")"));
      }
      out.append('\n');
      body(tree, root, "", out, 0);
    }
    return out.append('\n').toString();
  }

  private static boolean isOrphan(Observation root) {
    return root.identity().parentSpanId() != null && !root.identity().appRoot();
  }

  private void body(TraceTree tree, Observation span, String indent, StringBuilder out, int depth) {
    List<Observation> children = tree.children(span);
    String bar = children.isEmpty() ? "   " : "│  ";
    text("in ", span.content().input(), indent + bar, out);
    text("out", span.content().output(), indent + bar, out);
    for (int i = 0; i < children.size() && depth < DEEPEST; i++) {
      Observation child = children.get(i);
      boolean last = i == children.size() - 1;
      out.append(paint.dim(indent + (last ? "└─ " : "├─ "))).append(headline(child)).append('\n');
      body(tree, child, indent + (last ? "   " : "│  "), out, depth + 1);
    }
  }

  private void text(String label, @Nullable String text, String indent, StringBuilder out) {
    if (text != null && !text.isBlank()) {
      int room = Math.max(20, width - indent.length() - label.length() - 2);
      out.append(paint.dim(indent + label)).append("  ");
      out.append(Preview.of(text, room)).append('\n');
    }
  }

  private String headline(Observation span) {
    StringBuilder line = new StringBuilder(name(span));
    add(line, Figures.duration(span.identity().durationNanos()));
    add(line, status(span));
    String model = span.model().name();
    if (model != null && !span.name().contains(model)) {
      add(line, model);
    }
    add(line, Figures.tokens(span.model().usage()));
    add(line, Figures.firstToken(span));
    add(line, Figures.cost(span.model().cost()));
    if (span.level() == Event.Level.ERROR || span.level() == Event.Level.WARNING) {
      String why = span.statusMessage() == null ? span.level().name() : span.statusMessage();
      String brief = "✗ " + Preview.of(why, Math.max(20, width / 2));
      line.append("  ");
      line.append(span.level() == Event.Level.ERROR ? paint.red(brief) : paint.yellow(brief));
    }
    return line.toString();
  }

  private String name(Observation span) {
    String type = span.type();
    String name =
        switch (type) {
          case "generation", "embedding" -> paint.cyan(span.name());
          default -> paint.bold(span.name());
        };
    boolean plain = type.equals("span") || type.equals("generation");
    return plain ? name : name + " " + paint.dim("[" + type + "]");
  }

  private static @Nullable String status(Observation span) {
    return "200".equals(span.content().metadata().get("http.status")) && span.model().name() != null
        ? null
        : span.content().metadata().get("http.status");
  }

  private static void add(StringBuilder line, @Nullable String part) {
    if (part != null) {
      line.append("  ").append(part);
    }
  }

  private String clock(Observation span) {
    long micros = span.identity().startMicros();
    return CLOCK.format(Instant.ofEpochMilli(micros / 1000).atZone(zone));
  }
}
