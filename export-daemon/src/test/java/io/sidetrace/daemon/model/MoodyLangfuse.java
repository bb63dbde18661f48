package io.sidetrace.daemon.model;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.sidetrace.standin.langfuse.LangfuseStandIn;
import io.sidetrace.standin.langfuse.ReceivedSpan;
import io.sidetrace.standin.langfuse.Reply;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A Langfuse that answers by its mood. Whatever the mood, it takes no span whose name is bad. */
final class MoodyLangfuse implements AutoCloseable {
  /** A daemon waits for an answer no longer. */
  static final Duration PATIENCE = Duration.ofMillis(700);

  private static final int SMALL = 3;

  private final LangfuseStandIn langfuse;
  private final Door door;
  private volatile Mood mood = Mood.FINE;

  enum Mood {
    FINE,
    SLOW,
    /** Takes spans in, and answers when nobody listens any more. */
    TOO_SLOW,
    /** Takes spans in and hangs up. */
    FORGETS_TO_ANSWER,
    HANGS,
    FAILS,
    LIMITS_THE_RATE,
    REFUSES_THE_KEYS,
    FORBIDS,
    WANTS_SMALL_REQUESTS,
    SLAMS_THE_DOOR,
    TALKS_NONSENSE;

    /** After these a daemon asks again soon. */
    static final List<Mood> PASSING =
        List.of(
            SLOW,
            TOO_SLOW,
            FORGETS_TO_ANSWER,
            HANGS,
            FAILS,
            LIMITS_THE_RATE,
            WANTS_SMALL_REQUESTS,
            SLAMS_THE_DOOR,
            TALKS_NONSENSE);

    /** After these it waits for half a minute, unless it is started anew. */
    static final List<Mood> LASTING = List.of(REFUSES_THE_KEYS, FORBIDS);
  }

  MoodyLangfuse() throws IOException {
    langfuse = LangfuseStandIn.start();
    langfuse.script(this::reply);
    door = new Door(langfuse.url());
  }

  URI url() {
    return door.url();
  }

  List<ReceivedSpan> spans() {
    return langfuse.spans();
  }

  List<String> problems() {
    return langfuse.problems();
  }

  void be(Mood next) {
    mood = next;
    switch (next) {
      case SLAMS_THE_DOOR -> door.use(Door.Manner.SLAMS);
      case TALKS_NONSENSE -> door.use(Door.Manner.TALKS_NONSENSE);
      default -> door.use(Door.Manner.PASSES_ON);
    }
    if (next == Mood.SLAMS_THE_DOOR || next == Mood.TALKS_NONSENSE) {
      door.cutAll();
    }
  }

  private Reply reply(ExportTraceServiceRequest request) {
    Reply due = spans(request).anyMatch(s -> s.getName().startsWith("bad")) ? bad() : Reply.ok();
    return switch (mood) {
      case SLOW -> due.after(PATIENCE.dividedBy(10));
      case TOO_SLOW -> due.after(PATIENCE.plusMillis(300));
      case FORGETS_TO_ANSWER -> due.status() == 200 ? with(Reply.CLOSE) : due;
      case HANGS -> with(Reply.HANG);
      case FAILS -> Reply.of(500, "down");
      case LIMITS_THE_RATE -> Reply.tooMany((int) (System.nanoTime() & 1));
      case REFUSES_THE_KEYS -> Reply.of(401, "invalid credentials");
      case FORBIDS -> Reply.of(403, "forbidden");
      case WANTS_SMALL_REQUESTS ->
          spans(request).count() > SMALL ? Reply.of(413, "too large") : due;
      default -> due;
    };
  }

  private static Reply bad() {
    return Reply.of(400, "bad span");
  }

  private static Reply with(int status) {
    return new Reply(status, Map.of(), "", Duration.ZERO);
  }

  private static Stream<Span> spans(ExportTraceServiceRequest request) {
    return request.getResourceSpansList().stream()
        .map(ResourceSpans::getScopeSpansList)
        .flatMap(List::stream)
        .map(ScopeSpans::getSpansList)
        .flatMap(List::stream);
  }

  @Override
  public void close() throws IOException {
    door.close();
    langfuse.close();
  }
}
