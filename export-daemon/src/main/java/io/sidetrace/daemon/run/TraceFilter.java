package io.sidetrace.daemon.run;

import io.sidetrace.daemon.shape.Observation;
import io.sidetrace.event.Event;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which traces to show: those of which, for each thing asked for, some span has it.
 *
 * @param service null: any
 * @param route a route or path with {@code *} for anything; null: any
 * @param status such as {@code 404} or {@code 5xx}; null: any
 * @param errors only traces in which something went wrong
 * @param llm only traces with an LLM call
 * @param model a part of a model's name; null: any
 */
public record TraceFilter(
    @Nullable String service,
    @Nullable String route,
    @Nullable String status,
    boolean errors,
    boolean llm,
    @Nullable String model)
    implements Predicate<List<Observation>> {

  @Override
  public boolean test(List<Observation> trace) {
    String name = service;
    String part = model;
    return any(trace, name == null ? null : span -> span.trace().service().equals(name))
        && any(trace, route == null ? null : this::isOnRoute)
        && any(trace, status == null ? null : this::hasStatus)
        && any(trace, errors ? span -> span.level() == Event.Level.ERROR : null)
        && any(trace, llm ? TraceFilter::isLlm : null)
        && any(trace, part == null ? null : span -> modelOf(span).contains(part));
  }

  private static boolean any(List<Observation> trace, @Nullable Predicate<Observation> wanted) {
    return wanted == null || trace.stream().anyMatch(wanted);
  }

  private boolean isOnRoute(Observation span) {
    String told = String.valueOf(route);
    Pattern pattern = Pattern.compile("\\Q" + told.replace("*", "\\E.*\\Q") + "\\E");
    String found = fact(span, "http.route");
    // The name of a request is its method and route, or path where no route is known.
    String named = span.name().substring(span.name().indexOf(' ') + 1);
    return pattern.matcher(found).matches() || pattern.matcher(named).matches();
  }

  private boolean hasStatus(Observation span) {
    String found = fact(span, "http.status");
    String told = String.valueOf(status);
    return told.endsWith("xx")
        ? found.length() == 3 && found.startsWith(told.substring(0, 1))
        : found.equals(told);
  }

  private static boolean isLlm(Observation span) {
    return span.type().equals("generation") || span.type().equals("embedding");
  }

  private static String modelOf(Observation span) {
    String name = span.model().name();
    return name == null ? "" : name;
  }

  private static String fact(Observation span, String key) {
    return span.content().metadata().getOrDefault(key, "");
  }
}
