package io.sidetrace.agent.weave;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * Links a call in woven code to the advice its rule names, and to nothing else. Runs on the
 * application's thread, once for each call site.
 */
final class Linker {

  private static final MethodType LINK =
      MethodType.methodType(
          CallSite.class,
          Class.class,
          String.class,
          MethodType.class,
          int.class,
          int.class,
          String.class);

  private final NumberedRule[] rules;
  private final AdviceLoaders loaders;

  /**
   * @param rules each at the index of its number
   */
  Linker(NumberedRule[] rules, AdviceLoaders loaders) {
    this.rules = rules;
    this.loaders = loaders;
  }

  /** What the dispatcher calls. */
  MethodHandle handle() throws ReflectiveOperationException {
    return MethodHandles.lookup().bind(this, "link", LINK);
  }

  /**
   * For the parameters see {@link Dispatcher#link}.
   *
   * @return null if the advice cannot be linked, which is counted, or if no rule allows it; the
   *     dispatcher then passes the values through
   */
  @Nullable CallSite link(
      Class<?> caller, String step, MethodType site, int number, int argument, String valueType) {
    if (number < 0 || number >= rules.length) {
      return null;
    }
    NumberedRule numbered = rules[number];
    Rule rule = numbered.rule();
    String name = rule.adviceFor(step, argument);
    if (name == null || !rule.className.equals(caller.getName())) {
      return null;
    }
    String fullName = rule.adviceClass + "." + name;
    try {
      ClassLoader application = caller.getClassLoader();
      AdviceLoader loader = loaders.loader(application, numbered.ownPackage());
      var advice =
          new AdviceHandle(
              MethodHandles.publicLookup().unreflect(find(loader, rule, name)),
              fullName,
              numbered.failures());
      return new ConstantCallSite(
          switch (step) {
            case "enter" -> advice.enter(site);
            case "replace" -> advice.replace(site, valueType, application);
            case "exit" -> advice.exit(site, valueType, application, rule.enter != null);
            default -> advice.thrown(site, valueType, application, rule.enter != null);
          });
    } catch (Throwable e) {
      numbered.failures().failed(fullName, e);
      return null;
    }
  }

  private static Method find(AdviceLoader loader, Rule rule, String name)
      throws ReflectiveOperationException {
    Method found = null;
    for (Method method : Class.forName(rule.adviceClass, true, loader).getDeclaredMethods()) {
      if (!method.getName().equals(name)) {
        continue;
      }
      int modifiers = method.getModifiers();
      if (found != null || !Modifier.isStatic(modifiers) || !Modifier.isPublic(modifiers)) {
        throw new NoSuchMethodException(
            "advice must be public, static and the only one of its name: " + method);
      }
      found = method;
    }
    if (found == null) {
      throw new NoSuchMethodException(
          "no advice "
              + name
              + " in "
              + rule.adviceClass
              + ", which the rule for "
              + rule
              + " names");
    }
    return found;
  }
}
