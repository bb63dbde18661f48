package io.sidetrace.agent.weave;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules of all instrumentations that are on, found by class or by number. Numbers are given as
 * instrumentations are loaded. Thread-safe.
 */
final class Rules {
  private static final NumberedRule[] NONE = {};

  /** By internal name; complete before the first class passes, and not changed after that. */
  private final Map<String, List<Source>> byClass = new HashMap<>();

  private final List<Source> sources = new ArrayList<>();
  private volatile NumberedRule[] numbered = NONE;

  /** One instrumentation; its rules are null until a class needs them. */
  private static final class Source {
    final Candidate candidate;
    final AdviceFailures failures;
    volatile @Nullable List<NumberedRule> rules;

    Source(Candidate candidate, AdviceFailures failures) {
      this.candidate = candidate;
      this.failures = failures;
    }
  }

  void add(Candidate candidate, AdviceFailures failures) {
    var source = new Source(candidate, failures);
    sources.add(source);
    for (String className : candidate.classNames) {
      List<Source> others = byClass.get(className);
      if (others == null) {
        others = new ArrayList<>(1);
        byClass.put(className, others);
      }
      others.add(source);
    }
  }

  boolean name(@Nullable String internalName) {
    return byClass.containsKey(internalName);
  }

  /**
   * All rules for this class; loads the instrumentations that have them.
   *
   * @throws ReflectiveOperationException if one cannot be loaded
   */
  List<NumberedRule> of(String internalName) throws ReflectiveOperationException {
    List<NumberedRule> found = new ArrayList<>();
    List<Source> named = byClass.get(internalName);
    String className = internalName.replace('/', '.');
    for (Source source : named == null ? List.<Source>of() : named) {
      for (NumberedRule rule : rules(source)) {
        if (rule.rule().className.equals(className)) {
          found.add(rule);
        }
      }
    }
    return found;
  }

  /** Null if there is none of this number. */
  @Nullable NumberedRule get(int number) {
    NumberedRule[] known = numbered;
    return number >= 0 && number < known.length ? known[number] : null;
  }

  List<AdviceFailures> failures() {
    List<AdviceFailures> failures = new ArrayList<>();
    for (Source source : sources) {
      failures.add(source.failures);
    }
    return failures;
  }

  private List<NumberedRule> rules(Source source) throws ReflectiveOperationException {
    List<NumberedRule> known = source.rules;
    // Loaded without the lock, perhaps twice: no other class is waited for while we hold it.
    return known != null ? known : number(source, source.candidate.rules());
  }

  private synchronized List<NumberedRule> number(Source source, List<Rule> rules) {
    List<NumberedRule> known = source.rules;
    if (known != null) {
      return known;
    }
    int next = numbered.length;
    NumberedRule[] more = Arrays.copyOf(numbered, next + rules.size());
    List<NumberedRule> own = new ArrayList<>();
    for (Rule rule : rules) {
      var number = new NumberedRule(next, rule, source.candidate.ownPackage(), source.failures);
      more[next++] = number;
      own.add(number);
    }
    numbered = more;
    source.rules = own;
    return own;
  }
}
