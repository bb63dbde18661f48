package io.sidetrace.agent.weave;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Links a call in woven code to the advice its rule names, and to nothing else. Runs on the
 * application's thread, once for each call site.
 */
final class Linker implements Function<Object[], Object> {

  private final Rules rules;
  private final AdviceLoaders loaders;

  Linker(Rules rules, AdviceLoaders loaders) {
    this.rules = rules;
    this.loaders = loaders;
  }

  /** What the dispatcher calls: {@link #link} with its parameters in an array. */
  @Override
  public @Nullable Object apply(Object[] call) {
    return link(
        (Class<?>) call[0],
        (String) call[1],
        (MethodType) call[2],
        (int) call[3],
        (int) call[4],
        (String) call[5]);
  }

  /**
   * For the parameters see {@link Dispatcher#link}.
   *
   * @return null if the advice cannot be linked, which is counted, or if no rule allows it; the
   *     dispatcher then passes the values through
   */
  @Nullable CallSite link(
      Class<?> caller, String step, MethodType site, int number, int argument, String valueType) {
    NumberedRule numbered = rules.get(number);
    if (numbered == null) {
      return null;
    }
    Rule rule = numbered.rule();
    String name = rule.adviceFor(step, argument);
    if (name == null || !rule.className.equals(caller.getName())) {
      return null;
    }
    String fullName = rule.adviceClass + "." + name;
    try {
      AdviceLoader loader = loaders.loader(caller.getClassLoader(), numbered.ownPackage());
      String kind = number + " " + step + " " + argument + " " + site + " " + valueType;
      MethodHandle known = loader.linked(kind);
      if (known == null) {
        Method advice = find(loader, rule, name);
        byte[] bridge =
            AdviceBridge.write(
                loader.nextBridge(advice.getDeclaringClass()),
                advice,
                fullName,
                step,
                site,
                valueType,
                rule.enter != null);
        known = loader.link(kind, bridge, site, numbered.failures());
      }
      return new ConstantCallSite(known);
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
