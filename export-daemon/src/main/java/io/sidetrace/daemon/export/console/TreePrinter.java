package io.sidetrace.daemon.export.console;

import io.sidetrace.daemon.shape.Observation;
import io.sidetrace.event.Event;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Draws a trace, such as
 *
 * <pre>
 * 12:00:01.250  POST /v1/chat/completions            1.24 s  200  demo-chat  user=ada
 *               │ in   {"message":"How are you?"}
 *               └─ ChatController.complete           1.23 s
 *                  └─ chat.completions qwen-emotion  1.20 s  first token 210 ms  21 → 9 tokens
 *                       in   user: How are you?
 *                       out  assistant: Fine, thank you.
 * </pre>
 */
final class TreePrinter {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
  private static final String INDENT = " ".repeat(14);
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
    List<Line> lines = new ArrayList<>();
    for (Observation root : tree.roots()) {
      String facts = facts(root) + paint.dim("  " + origin(root, late));
      lines.add(new Line(paint.dim(clock(root)) + "  ", INDENT.length(), root, facts));
      body(tree, root, INDENT, lines, 0);
    }
    int column = lines.stream().mapToInt(TreePrinter::nameEnd).max().orElse(0);
    StringBuilder out = new StringBuilder();
    lines.forEach(line -> append(line, Math.min(column, width / 2), out));
    return out.append('\n').toString();
  }

  /**
   * A span, whose facts stand in a column, or a text.
   *
   * @param lead what stands before the name, coloured
   * @param leadWidth its columns
   */
  private record Line(String lead, int leadWidth, @Nullable Observation span, String facts) {}

  private static int nameEnd(Line line) {
    Observation span = line.span();
    return span == null ? 0 : line.leadWidth() + plainName(span).length();
  }

  private void append(Line line, int column, StringBuilder out) {
    out.append(line.lead());
    Observation span = line.span();
    if (span != null) {
      out.append(name(span)).append(" ".repeat(Math.max(0, column - nameEnd(line)) + 1));
    }
    out.append(line.facts()).append('\n');
  }

  private void body(TraceTree tree, Observation span, String indent, List<Line> to, int depth) {
    List<Observation> children = tree.children(span);
    String bar = children.isEmpty() ? "  " : "│ ";
    text("in   ", span.content().input(), indent + bar, to);
    text("out  ", span.content().output(), indent + bar, to);
    for (int i = 0; i < children.size() && depth < DEEPEST; i++) {
      Observation child = children.get(i);
      boolean last = i == children.size() - 1;
      String lead = indent + (last ? "└─ " : "├─ ");
      to.add(new Line(paint.dim(lead), lead.length(), child, facts(child)));
      body(tree, child, indent + (last ? "   " : "│  "), to, depth + 1);
    }
  }

  private void text(String label, @Nullable String text, String indent, List<Line> to) {
    if (text != null && !text.isBlank()) {
      int room = Math.max(20, width - indent.length() - label.length());
      to.add(new Line(paint.dim(indent + label), 0, null, Preview.of(text, room)));
    }
  }

  private String facts(Observation span) {
    List<String> facts = new ArrayList<>();
    facts.add(String.format(Locale.ROOT, "%8s", Figures.duration(span.identity().durationNanos())));
    add(facts, status(span));
    String model = span.model().name();
    add(facts, model == null || span.name().contains(model) ? null : model);
    add(facts, Figures.firstToken(span));
    add(facts, Figures.tokens(span.model().usage()));
    add(facts, Figures.cost(span.model().cost()));
    boolean error = span.level() == Event.Level.ERROR;
    if (error || span.level() == Event.Level.WARNING) {
      String why = span.statusMessage() == null ? span.level().name() : span.statusMessage();
      String brief = "✗ " + Preview.of(why, Math.max(20, width / 2));
      facts.add(error ? paint.red(brief) : paint.yellow(brief));
    }
    return String.join("  ", facts);
  }

  private static void add(List<String> facts, @Nullable String fact) {
    if (fact != null) {
      facts.add(fact);
    }
  }

  private static String origin(Observation root, boolean late) {
    Observation.Trace trace = root.trace();
    String user = trace.userId() == null ? "" : "  user=" + trace.userId();
    String session = trace.sessionId() == null ? "" : "  session=" + trace.sessionId();
    boolean orphan = root.identity().parentSpanId() != null && !root.identity().appRoot();
    String id = root.identity().traceId();
    String why = late ? "  (more of trace " + id + ")" : orphan ? "  (its parent is not here)" : "";
    return trace.service() + user + session + why;
  }

  private String name(Observation span) {
    String name = plainName(span);
    return switch (span.type()) {
      case "generation", "embedding" -> paint.cyan(name);
      default -> paint.bold(name);
    };
  }

  private static String plainName(Observation span) {
    String type = span.type();
    boolean plain = type.equals("span") || type.equals("generation");
    return plain ? span.name() : span.name() + " [" + type + "]";
  }

  /** Of an LLM call that went well it says nothing. */
  private static @Nullable String status(Observation span) {
    String status = span.content().metadata().get("http.status");
    return "200".equals(status) && span.model().name() != null ? null : status;
  }

  private String clock(Observation span) {
    long micros = span.identity().startMicros();
    return CLOCK.format(Instant.ofEpochMilli(micros / 1000).atZone(zone));
  }
}
