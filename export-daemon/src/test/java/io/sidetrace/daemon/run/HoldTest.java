package io.sidetrace.daemon.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.daemon.FakeAgent;
import io.sidetrace.daemon.deadletter.DeadLetters;
import io.sidetrace.daemon.ops.Ledger;
import io.sidetrace.daemon.shape.Criteria;
import io.sidetrace.daemon.shape.SampleRule;
import io.sidetrace.daemon.shape.trace.TraceRules;
import io.sidetrace.daemon.shape.trace.Verdict;
import io.sidetrace.daemon.source.Again;
import io.sidetrace.daemon.source.Delivery;
import io.sidetrace.daemon.source.Receipt;
import io.sidetrace.event.Event;
import io.sidetrace.event.EventBuilder;
import io.sidetrace.event.Glob;
import io.sidetrace.event.Slice;
import io.sidetrace.harness.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoldTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final TraceRules LLM_ONLY =
      new TraceRules(true, List.of(), null, true, 0, List.of());
  private static final TraceRules ERRORS_ONLY =
      new TraceRules(false, List.of(), new SampleRule(0), true, 1_000_000_000L, List.of());

  @TempDir Path folder;
  private final List<String> out = new ArrayList<>();
  private Hold hold = new Hold(Duration.ofMillis(200), 1 << 20);
  private long sequence;

  @Test
  void trace_passesAsSoonAsItCallsAnLlm_andWhatComesLaterToo() {
    take(LLM_ONLY, span(1, "controller"));
    assertThat(out).isEmpty();

    take(LLM_ONLY, call(1, "chat"));
    take(LLM_ONLY, request(1, "POST /chat", "/chat", 200));

    assertThat(out).containsExactly("+controller", "+chat", "+POST /chat");
    assertThat(hold.bytes()).isZero();
  }

  @Test
  void trace_isDropped_onceItEndedWithoutAnLlmCall() {
    take(LLM_ONLY, span(1, "controller"));
    take(LLM_ONLY, request(1, "GET /ping", "/ping", 200));
    assertThat(out).isEmpty();

    awaitReleased(LLM_ONLY, 2);

    assertThat(out)
        .containsExactly("-controller by without-llm-call", "-GET /ping by without-llm-call");
    take(LLM_ONLY, span(1, "late"));
    assertThat(out).last().isEqualTo("-late by without-llm-call");
  }

  @Test
  void trace_isKept_whenItsRequestDoesNotCome() {
    take(LLM_ONLY, span(1, "controller"));

    awaitReleased(LLM_ONLY, 1);

    assertThat(out).containsExactly("+controller");
    take(LLM_ONLY, request(1, "GET /slow", "/slow", 200));
    assertThat(out).last().isEqualTo("+GET /slow");
  }

  @Test
  void trace_isKept_whenSomethingOfItsTimeIsMissing() {
    sequence = 100; // what was before may have been settled by an earlier daemon
    take(LLM_ONLY, request(1, "GET /ping", "/ping", 200));
    awaitReleased(LLM_ONLY, 1);
    assertThat(out).containsExactly("+GET /ping");

    sequence += 3; // these come after it
    Event second =
        event(Event.Kind.REQUEST, 2, "GET /second", false, null)
            .times(now() + 10_000_000, 1_000_000)
            .build();
    take(LLM_ONLY, second);
    sequence = 101;
    take(LLM_ONLY, call(3, "a"));
    take(LLM_ONLY, call(3, "b"));
    take(LLM_ONLY, call(3, "c"));
    awaitReleased(LLM_ONLY, 5);

    assertThat(out).last().isEqualTo("-GET /second by without-llm-call");
  }

  @Test
  void trace_isKept_whenThereIsNoRoomToWait() {
    hold = new Hold(Duration.ofMinutes(1), 10_000);
    for (int trace = 1; trace <= 20; trace++) {
      take(LLM_ONLY, span(trace, "span " + trace));
    }

    assertThat(hold.bytes()).isLessThanOrEqualTo(10_000);
    assertThat(out).startsWith("+span 1", "+span 2").allMatch(each -> each.startsWith("+"));
    assertThat(hold.spilled()).isEqualTo(out.size());
  }

  @Test
  void errors_keepTheirTrace_andSlowSpansToo() {
    take(ERRORS_ONLY, call(1, "before"));
    take(ERRORS_ONLY, request(1, "POST /fails", "/fails", 500));
    take(ERRORS_ONLY, call(2, "fine"));
    take(ERRORS_ONLY, request(2, "POST /fine", "/fine", 200));
    Event slow =
        FakeAgent.event(Event.Kind.SPAN, 3)
            .ids(trace(3), "%016x".formatted(99), "%016x".formatted(1))
            .sequence(sequence++)
            .times(now(), 2_000_000_000L)
            .name("slow")
            .build();
    take(ERRORS_ONLY, slow);
    assertThat(out).containsExactly("+before", "+POST /fails", "+slow");

    awaitReleased(ERRORS_ONLY, 5);

    assertThat(out).contains("-fine by sample", "-POST /fine by sample");
  }

  @Test
  void errors_thatComeLate_areKept() {
    take(ERRORS_ONLY, request(1, "POST /fine", "/fine", 200));
    awaitReleased(ERRORS_ONLY, 1);

    Event late = call(1, "late");
    take(ERRORS_ONLY, late.withError(new Event.Failure("E", "bad", null)));

    assertThat(out).containsExactly("-POST /fine by sample", "+late");
  }

  @Test
  void requests_areDroppedWithWhatIsBeneathThem_inTheirProcess() {
    TraceRules rules = new TraceRules(false, List.of(route("/health*")), null, true, 0, List.of());
    take(rules, call(1, "a"));
    take(rules, request(1, "GET /health", "/health", 200));
    take(rules, call(2, "b"));
    take(rules, request(2, "GET /shop", "/shop", 200));

    assertThat(out)
        .containsExactly(
            "-a by drop", "-GET /health by drop", "+b of /shop", "+GET /shop of /shop");
  }

  @Test
  void events_thatNoRuleMayReach_areNotHeld() {
    Criteria inClinic =
        new Criteria(
            List.of(new Glob("/x")),
            List.of(new Glob("clinic")),
            List.of(),
            List.of(),
            List.of(),
            null,
            null);
    TraceRules rules = new TraceRules(false, List.of(), null, true, 0, List.of(inClinic));

    assertThat(rules.isActive()).isTrue();
    assertThat(rules.concerns(call(1, "of demo-chat"))).isFalse();
  }

  private static Criteria route(String pattern) {
    return new Criteria(
        List.of(new Glob(pattern)), List.of(), List.of(), List.of(), List.of(), null, null);
  }

  private void awaitReleased(TraceRules rules, int count) {
    Await.until(
        count + " to be let go",
        LIMIT,
        () -> {
          note(hold.expired(rules), false);
          return out.size() >= count;
        },
        out::toString);
  }

  private void take(TraceRules rules, Event event) {
    hold.see(event);
    note(hold.take(held(event), rules), rules.drop().size() > 0);
  }

  private void note(List<Hold.Released> released, boolean withRoute) {
    for (Hold.Released each : released) {
      String name = each.held().event().name();
      if (each.verdict() instanceof Verdict.Pass pass) {
        boolean known = withRoute && pass.request() != null;
        out.add("+" + name + (known ? " of " + pass.request().route() : ""));
      } else if (each.verdict() instanceof Verdict.Drop drop) {
        out.add("-" + name + " by " + drop.rule());
      }
    }
  }

  private Hold.Held held(Event event) {
    Slice frame = Slice.of(new byte[100]);
    Receipt receipt =
        new Receipt() {
          @Override
          public void settled() {}

          @Override
          public void returned(Again when) {}
        };
    Desk desk = new Desk(new Ledger(), new InFlight(10, 10), new DeadLetters(folder, 1000));
    return new Hold.Held(
        event,
        new Delivery(frame, frame, Slice.EMPTY, Slice.EMPTY, receipt, true),
        new Journey(frame, receipt, 1, desk));
  }

  private Event span(int trace, String name) {
    return event(Event.Kind.SPAN, trace, name, true, null).build();
  }

  private Event call(int trace, String name) {
    return event(Event.Kind.EXCHANGE, trace, name, true, null).build();
  }

  private Event request(int trace, String name, String route, int status) {
    Event.Http http = new Event.Http("GET", route, route, status, null, null, null, null, null);
    return event(Event.Kind.REQUEST, trace, name, false, http).build();
  }

  private EventBuilder event(
      Event.Kind kind, int trace, String name, boolean child, Event.@Nullable Http http) {
    return FakeAgent.event(kind, 1)
        .ids(trace(trace), "%016x".formatted(sequence + 1), child ? "%016x".formatted(9) : null)
        .sequence(sequence++)
        .times(now(), 1_000_000)
        .http(http)
        .name(name);
  }

  private static String trace(int number) {
    return "%032x".formatted(number);
  }

  private static long now() {
    return System.currentTimeMillis() * 1000;
  }
}
