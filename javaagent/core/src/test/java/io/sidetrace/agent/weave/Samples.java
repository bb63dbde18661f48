package io.sidetrace.agent.weave;

import io.sidetrace.sample.advice.SampleInstrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.bytebuddy.agent.ByteBuddyAgent;

/**
 * The real weaver in this JVM, with the samples' instrumentations. Installed once, as in an agent.
 */
final class Samples {

  private static final String RECORDING = "io.sidetrace.sample.advice.RecordingAdvice";
  private static final String REPLACING = "io.sidetrace.sample.advice.ReplacingAdvice";
  private static final String FAILING = "io.sidetrace.sample.advice.FailingAdvice";

  static final List<String> DEBUG = new CopyOnWriteArrayList<>();
  static final List<String> WARNINGS = new CopyOnWriteArrayList<>();

  /** Has one class of the JDK loaded before the weaver is. */
  static final int TOKENS_BEFORE = new StringTokenizer("one two").countTokens();

  private static final Weaver WEAVER = install();

  private Samples() {}

  static void weave() {
    // Loading this class did.
  }

  static AdviceFailures failuresOf(String instrumentation) {
    return WEAVER.failures().stream()
        .filter(failures -> failures.instrumentation().equals(instrumentation))
        .findFirst()
        .orElseThrow();
  }

  private static Weaver install() {
    var log =
        new WeaverLog() {
          @Override
          public boolean debugging() {
            return true;
          }

          @Override
          public void debug(String message) {
            DEBUG.add(message);
          }

          @Override
          public void warn(String message, Throwable cause) {
            WARNINGS.add(message + " " + cause);
          }
        };
    var options = new WeaverOptions(Set.of("off"), null, null);
    try {
      return Weaver.install(
          ByteBuddyAgent.install(), Instrumentations.of(instrumentations()), options, log);
    } catch (Exception e) {
      throw new LinkageError("weaver does not install", e);
    }
  }

  private static List<Instrumentation> instrumentations() {
    var all = new ArrayList<Instrumentation>();
    all.add(new SampleInstrumentation("shapes", shapes()));
    all.add(new SampleInstrumentation("replaced", replaced()));
    all.add(new SampleInstrumentation("jdk", jdk()));
    fragile().forEach((name, rule) -> all.add(new SampleInstrumentation(name, List.of(rule))));
    Rule repeating =
        Rule.in("io.sidetrace.sample.Repeating")
            .methods("work")
            .advice(FAILING)
            .enter("enter")
            .replaceArgument(0, "replace")
            .exit("exitWell");
    all.add(new SampleInstrumentation("repeating", List.of(repeating)));
    all.add(new SampleInstrumentation("off", List.of(repeating)));
    return all;
  }

  /** One class loaded by the boot loader before us, and one of another module. */
  private static List<Rule> jdk() {
    String advice = "io.sidetrace.sample.advice.JdkAdvice";
    return List.of(
        Rule.in("java.util.StringTokenizer")
            .method("countTokens")
            .advice(advice)
            .enter("enter")
            .exit("exit"),
        Rule.in("com.sun.net.httpserver.Headers")
            .method("getFirst", "java.lang.String")
            .advice(advice)
            .enter("enter")
            .exit("exit"));
  }

  private static List<Rule> shapes() {
    Rule shapes = Rule.in("io.sidetrace.sample.Shapes").advice(RECORDING);
    var valued =
        Stream.of(
                "aBoolean aByte aChar aShort anInt aLong aFloat aDouble aString anArray countDown"
                    .split(" "),
                "larger manyReturns tryFinally locked lockedMethod factorial failsWithLong twice"
                    .split(" "))
            .flatMap(Stream::of)
            .map(
                name -> {
                  Rule rule = shapes.methods(name).exit("exit");
                  return name.equals("countDown") ? rule.enter("enterFew") : rule.enter("enter");
                });
    return Stream.concat(
            valued,
            Stream.of(
                shapes.method("nothing").enter("enterFew").exit("exitVoid"),
                shapes.method("fails", "java.lang.String").enter("enter").exit("exitVoid"),
                shapes.method("onlyObserved", "java.lang.String").exit("exitObserving"),
                shapes.methods("twice").enter("enterOuter").exit("exit"),
                shapes
                    .method("wide", "long", "double", "long")
                    .returning("long")
                    .enter("enterStatic")
                    .exit("exit")))
        .toList();
  }

  private static List<Rule> replaced() {
    Rule replaced = Rule.in("io.sidetrace.sample.Replaced").advice(REPLACING).enter("enter");
    return List.of(
        replaced.methods("text").replaceArgument(1, "text"),
        replaced.methods("number").replaceArgument(0, "number"),
        replaced.methods("result").exit("result"),
        replaced.methods("intResult").exit("intResult"),
        replaced.methods("wrongType").replaceArgument(0, "notAString").exit("notAString"));
  }

  /** Each in an instrumentation of its own, so that its failures are counted alone. */
  private static Map<String, Rule> fragile() {
    Rule fragile = Rule.in("io.sidetrace.sample.Fragile").advice(FAILING);
    Rule well = fragile.enter("enterWell").exit("exitWell");
    return Stream.of(
            well.methods("enter").enter("enter"),
            well.methods("exit").exit("exit"),
            well.methods("replace").replaceArgument(0, "replace"),
            well.methods("missingAdvice").enter("thereIsNone"),
            well.methods("tooManyParameters").enter("tooManyParameters"),
            well.methods("overflowing").enter("overflow"),
            fragile.methods("throwing").enter("enter").exit("exit"))
        .collect(Collectors.toMap(rule -> "fragile-" + rule.methodName, rule -> rule));
  }
}
