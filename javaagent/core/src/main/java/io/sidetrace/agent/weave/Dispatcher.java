package io.sidetrace.agent.weave;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The only class of ours that woven code names. {@link DispatcherDefinition} defines it a second
 * time as {@code java.lang.SidetraceDispatcher}, since {@code java.lang} is the one package that
 * every loader and every module of the JDK sees; that copy is the one in use.
 *
 * <p>It holds one function and names JDK types only. No method handle: to call one costs a class of
 * the JDK's making for each shape of call, before {@code main}.
 */
public final class Dispatcher {

  private static volatile @Nullable Function<Object[], Object> linker;

  private Dispatcher() {}

  /** Called once, by the agent; who comes later changes nothing. */
  public static void connect(Function<Object[], Object> target) {
    if (linker == null) {
      linker = target;
    }
  }

  /**
   * Bootstrap of every invokedynamic in woven code. Runs on the application's thread, at the first
   * call, and never throws: without a link, the application gets back what it put in.
   *
   * <p>The static arguments are Objects, as the JVM hands them over: other types would have each
   * call converted by method handles.
   *
   * @param step {@code enter}, {@code replace}, {@code exit} or {@code thrown}
   * @param rule number of the rule the woven method matched
   * @param argument index of the replaced argument, otherwise 0
   * @param valueType descriptor of the argument or the result
   */
  public static CallSite link(
      MethodHandles.Lookup caller,
      String step,
      MethodType type,
      Object rule,
      Object argument,
      Object valueType) {
    try {
      Function<Object[], Object> connected = linker;
      if (connected != null) {
        CallSite site =
            (CallSite)
                connected.apply(
                    new Object[] {caller.lookupClass(), step, type, rule, argument, valueType});
        if (site != null && site.type().equals(type)) {
          return site;
        }
      }
    } catch (Throwable unlinked) {
      // The linker counts its own failures. What gets past it, a stack overflow perhaps, has nobody
      // left to be told to but the application.
    }
    return new ConstantCallSite(passive(step, type));
  }

  /** No token from enter, the value unchanged from replace and exit. */
  static MethodHandle passive(String step, MethodType type) {
    if (step.equals("enter") || type.returnType() == void.class) {
      return MethodHandles.empty(type);
    }
    return MethodHandles.dropArguments(
        MethodHandles.identity(type.returnType()),
        1,
        type.parameterList().subList(1, type.parameterCount()));
  }
}
