package io.sidetrace.agent.weave;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the classes that instrumentations name, as they are loaded and those loaded before.
 *
 * <p>Every class of the application passes {@link #transform}, so the first thing there is one
 * look-up by exact name, and for nearly all classes the last.
 */
public final class Weaver implements ClassFileTransformer {

  private final java.lang.instrument.Instrumentation jvm;
  private final Rules rules = new Rules();
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
      Instrumentations instrumentations,
      WeaverOptions options,
      WeaverLog log)
      throws IOException, ReflectiveOperationException {
    var weaver = new Weaver(jvm, options, log);
    weaver.add(instrumentations);
    ClassLoader agent = Weaver.class.getClassLoader();
    DispatcherDefinition.define(jvm, new Linker(weaver.rules, new AdviceLoaders(agent)));
    jvm.addTransformer(weaver, true);
    weaver.weaveLoadedClasses();
    return weaver;
  }

  /** Of each instrumentation that is on. */
  public List<AdviceFailures> failures() {
    return rules.failures();
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable Module module,
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    if (name == null || !rules.name(name) || isIgnored(loader)) {
      return null;
    }
    try {
      return weave(name, loader, classFile, rules.of(name));
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
      String name, @Nullable ClassLoader loader, byte[] classFile, List<NumberedRule> ofClass)
      throws IOException {
    Woven woven = ClassWeaver.weave(classFile, ofClass);
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

  private void add(Instrumentations instrumentations) {
    for (Candidate candidate : instrumentations.candidates) {
      if (options.disabled().contains(candidate.name)) {
        log.debug("instrumentation " + candidate.name + " is switched off");
        continue;
      }
      rules.add(candidate, new AdviceFailures(candidate.name, log));
      if (log.debugging()) {
        for (String className : candidate.classNames) {
          log.debug("waiting for " + className.replace('/', '.') + ", for " + candidate.name);
        }
      }
    }
  }

  /**
   * All at once, which costs one pause; if the JVM refuses, one by one, so that others are woven.
   */
  private void weaveLoadedClasses() {
    List<Class<?>> loaded = new ArrayList<>();
    for (Class<?> type : jvm.getAllLoadedClasses()) {
      if (rules.name(type.getName().replace('.', '/'))) {
        loaded.add(type);
      }
    }
    if (!loaded.isEmpty() && !retransform(loaded)) {
      for (Class<?> type : loaded) {
        retransform(List.of(type));
      }
    }
  }

  private boolean retransform(List<Class<?>> loaded) {
    try {
      jvm.retransformClasses(loaded.toArray(new Class<?>[0]));
      return true;
    } catch (UnmodifiableClassException | LinkageError | RuntimeException e) {
      if (loaded.size() == 1) {
        log.warn(
            "cannot weave " + loaded.get(0).getName() + ", which was loaded before the agent", e);
      }
      return false;
    }
  }
}
