package io.sidetrace.agent.weave;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the classes that instrumentations name, as they are loaded and those loaded before.
 *
 * <p>Every class of the application passes {@link #transform}, so the first thing there is one
 * look-up by exact name, and for nearly all classes the last.
 */
public final class Weaver implements ClassFileTransformer {

  private final java.lang.instrument.Instrumentation jvm;
  private final Map<String, List<NumberedRule>> rulesByClass = new HashMap<>();
  private final List<AdviceFailures> failures = new ArrayList<>();
  private final WeaverOptions options;
  private final WeaverLog log;

  private Weaver(java.lang.instrument.Instrumentation jvm, WeaverOptions options, WeaverLog log) {
    this.jvm = jvm;
    this.options = options;
    this.log = log;
  }

  /**
   * Starts to weave. Called once in a JVM.
   *
   * @throws IOException if the agent's own classes cannot be read
   * @throws ReflectiveOperationException if this JVM does not let us define the dispatcher
   */
  public static Weaver install(
      java.lang.instrument.Instrumentation jvm,
      Iterable<Instrumentation> instrumentations,
      WeaverOptions options,
      WeaverLog log)
      throws IOException, ReflectiveOperationException {
    var weaver = new Weaver(jvm, options, log);
    NumberedRule[] rules = weaver.number(instrumentations);
    ClassLoader agent = Weaver.class.getClassLoader();
    DispatcherDefinition.define(jvm, new Linker(rules, new AdviceLoaders(agent)).handle());
    jvm.addTransformer(weaver, true);
    weaver.weaveLoadedClasses();
    return weaver;
  }

  /** Of each instrumentation that is on. */
  public List<AdviceFailures> failures() {
    return List.copyOf(failures);
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable Module module,
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    List<NumberedRule> rules = rulesByClass.get(name);
    if (rules == null || name == null || isIgnored(loader)) {
      return null;
    }
    try {
      return weave(name, loader, classFile, rules);
    } catch (Throwable e) {
      log.warn("cannot weave " + name + "; the class stays as it is", e);
      return null;
    }
  }

  /** The boot loader is null, and so is the ignored loader where there is none. */
  private boolean isIgnored(@Nullable ClassLoader loader) {
    return loader != null && loader == options.ignoredLoader();
  }

  private byte @Nullable [] weave(
      String name, @Nullable ClassLoader loader, byte[] classFile, List<NumberedRule> rules)
      throws IOException {
    Woven woven = ClassWeaver.weave(classFile, rules);
    if (log.debugging()) {
      report(name.replace('/', '.'), loader, woven);
    }
    File directory = options.dumpDirectory();
    if (woven.classFile() != null && directory != null) {
      dump(new File(directory, name + ".class"), woven.classFile());
    }
    return woven.classFile();
  }

  private void report(String name, @Nullable ClassLoader loader, Woven woven) {
    String where = " in loader " + (loader == null ? "boot" : nameOf(loader));
    for (String method : woven.methods()) {
      log.debug("woven: " + name + "." + method + where);
    }
    for (String refusal : woven.refusals()) {
      log.debug("not woven: " + name + where + ": " + refusal);
    }
  }

  private static String nameOf(ClassLoader loader) {
    return loader.getName() == null ? loader.getClass().getName() : loader.getName();
  }

  private static void dump(File file, byte[] classFile) throws IOException {
    file.getParentFile().mkdirs();
    try (var out = new FileOutputStream(file)) {
      out.write(classFile);
    }
  }

  private NumberedRule[] number(Iterable<Instrumentation> instrumentations) {
    var numbered = new ArrayList<NumberedRule>();
    for (Instrumentation instrumentation : instrumentations) {
      if (!options.enabled().test(instrumentation.name())) {
        log.debug("instrumentation " + instrumentation.name() + " is switched off");
        continue;
      }
      var counter = new AdviceFailures(instrumentation.name(), log);
      failures.add(counter);
      String ownPackage = instrumentation.getClass().getPackageName() + ".";
      for (Rule rule : instrumentation.rules()) {
        var next = new NumberedRule(numbered.size(), rule, ownPackage, counter);
        numbered.add(next);
        rulesOf(rule.className.replace('.', '/')).add(next);
        if (log.debugging()) {
          log.debug("waiting for " + rule + ", for " + instrumentation.name());
        }
      }
    }
    return numbered.toArray(new NumberedRule[0]);
  }

  /**
   * Without a lambda, whose first use costs more than all the rest here; before main, that counts.
   */
  private List<NumberedRule> rulesOf(String className) {
    List<NumberedRule> rules = rulesByClass.get(className);
    if (rules == null) {
      rules = new ArrayList<>();
      rulesByClass.put(className, rules);
    }
    return rules;
  }

  /** One by one, so that a class the JVM refuses leaves the others woven. */
  private void weaveLoadedClasses() {
    for (Class<?> loaded : jvm.getAllLoadedClasses()) {
      if (!rulesByClass.containsKey(loaded.getName().replace('.', '/'))) {
        continue;
      }
      try {
        jvm.retransformClasses(loaded);
      } catch (UnmodifiableClassException | LinkageError | RuntimeException e) {
        log.warn("cannot weave " + loaded.getName() + ", which was loaded before the agent", e);
      }
    }
  }
}
